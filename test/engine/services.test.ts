import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeServices } from "../../src/engine/services.ts";
import { makeGitHub } from "../../src/github/app-client.ts";
import type { Run } from "../../src/run/run.ts";
import { memoryOnly, openStage, options, type Stage } from "../github/stage.ts";
import { begun } from "../support/runs.ts";
import { silent } from "../support/silent-logger.ts";

let stage: Stage;
let dataDir: string;
beforeAll(async () => {
	stage = await openStage();
	dataDir = await mkdtemp(join(tmpdir(), "services-"));
});
afterAll(async () => {
	await stage.forge.close();
	await rm(dataDir, { recursive: true });
});

it("a checkout is made once, and anew when it was swept away", async () => {
	const { forge, client } = stage;
	const servicesFor = makeServices({
		github: makeGitHub(options(forge.api)),
		memoryOf: memoryOnly,
		runner: {} as never,
		dataDir,
		secrets: [],
		log: silent,
	});
	const { id, owner, name } = client.repository;
	const run: Run = {
		...begun().run,
		repository: {
			...{ id, owner, name, private: false, htmlUrl: forge.base },
			installationId: forge.installationId,
		},
	};
	const sha = await stage.head();
	const tree = await servicesFor(run).tree(sha, "main");
	expect(await servicesFor(run).tree(sha, "main")).toBe(tree);
	await rm(tree.root, { recursive: true });
	expect(await tree.text("README.md")).toBeUndefined();
	const again = await servicesFor(run).tree(sha, "main");
	expect(await again.text("README.md")).toBe("# Churn\n");
});
