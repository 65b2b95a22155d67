import { expect, it } from "vitest";
import { lookAtActions } from "../../src/cli/doctor/look-at-actions.ts";
import { openStage, privateKey } from "../github/stage.ts";

const seen = async (actions: "read" | "write") => {
	const { forge } = await openStage({ metadata: "read", actions });
	const github = { appId: 4200, privateKey, webhookSecret: "x" };
	return lookAtActions({ github, apiUrl: forge.api }).finally(() =>
		forge.close(),
	);
};

it("the doctor says what the App lacks to use its repositories' own runners", async () => {
	await expect(seen("read")).rejects.toThrow(
		/may not start workflows \(Actions: read\).*read and write/,
	);
	expect(await seen("write")).toMatch(/may start workflows.*init --actions/);
});

it("the doctor asks nobody where there is no App yet", async () => {
	await expect(lookAtActions({ apiUrl: "http://127.0.0.1:1" })).rejects.toThrow(
		"no App credentials yet",
	);
});
