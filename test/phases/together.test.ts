import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { tryOut } from "../../src/phases/building/try-out.ts";
import { together } from "../../src/phases/together.ts";
import { change, fakeLead } from "../support/fake-lead.ts";

it("work side by side gives its results in the order given", async () => {
	const [number, word] = await together(
		sleep(5).then(() => 1),
		"two",
	);
	expect([number, word]).toEqual([1, "two"]);
});

it("tests that break off leave no smoke run behind that goes on", async () => {
	const { lead } = fakeLead({});
	let ended = false;
	const lab = {
		...lead.lab,
		runTests: async () => {
			throw new Error("the tests broke");
		},
		smokeRun: async () => {
			await sleep(20);
			ended = true;
			throw new Error("the smoke run broke");
		},
	};
	const draft = { round: 1, change: change("A change"), items: [] } as const;
	const order = { phase: 9, slug: "s", brief: "", smoke: {} as never } as const;
	await expect(
		tryOut({ ...lead, lab } as never, order as never, draft),
	).rejects.toThrow("the tests broke");
	expect(ended).toBe(true);
});
