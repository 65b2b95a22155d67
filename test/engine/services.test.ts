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
let run: Run;
beforeAll(async () => {
	stage = await openStage();
	dataDir = await mkdtemp(join(tmpdir(), "services-"));
	const { forge, client } = stage;
	const { id, owner, name } = client.repository;
	run = {
		...begun().run,
		repository: {
			...{ id, owner, name, private: false, htmlUrl: forge.base },
			installationId: forge.installationId,
		},
	};
});
afterAll(async () => {
	await stage.forge.close();
	await rm(dataDir, { recursive: true });
});

/** As a process has them that just began. */
const services = () =>
	makeServices({
		github: makeGitHub(options(stage.forge.api)),
		memoryOf: memoryOnly,
		runner: {} as never,
		dataDir,
		secrets: [],
		log: silent,
	});

it("a checkout is made once, and anew when it was swept away", async () => {
	const servicesFor = services();
	const sha = await stage.head();
	const tree = await servicesFor(run).tree(sha, "main");
	expect(await servicesFor(run).tree(sha, "main")).toBe(tree);
	await rm(tree.root, { recursive: true });
	expect(await tree.text("README.md")).toBeUndefined();
	const again = await servicesFor(run).tree(sha, "main");
	expect(await again.text("README.md")).toBe("# Churn\n");
});

it("a commit that was laid out here is never fetched, also after a restart", async () => {
	const { publisher, tree, grow } = services()(run);
	const parent = await stage.head();
	const from = await tree(parent, "main");
	const change = { files: [{ path: "model.py", content: "x = 1\n" }] };
	const committed = await publisher.commit({
		...{ ...change, parent, branch: "modelwright/1/7-model" },
		message: "Add a model",
	});
	if (!committed.ok) throw new Error(committed.message);
	const { sha, tree: treeId } = committed;
	await grow({ ...change, from, sha, treeId, deletions: [] });
	stage.callsOf("repos/get");
	for (const { tree } of [services()(run), services()(run)])
		expect(await (await tree(sha)).text("model.py")).toBe("x = 1\n");
	expect(stage.callsOf("repos/get")).toBe(0);
});
