import { afterAll, beforeAll, expect, test } from "vitest";
import { makeGitHub } from "../../src/github/app-client.ts";
import { commitFiles } from "../../src/github/commits.ts";
import { makePublisher } from "../../src/github/publisher.ts";
import { branchHead } from "../../src/github/repository.ts";
import { SETUP_BRANCH } from "../../src/views/onboarding.ts";
import { memoryOnly, openStage, options, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage.forge.close());

/** A new repository, and our way to it. */
async function repository(name: string, files: Record<string, string>) {
	const { forge } = stage;
	await forge.addRepository("acme", name, files);
	forge.setPermission(`acme/${name}`, "alice", "admin");
	const { id } = forge.repository(`acme/${name}`);
	const client = makeGitHub(options(forge.api)).installation(
		forge.installationId,
		{ id, owner: "acme", name },
	);
	const offer = () =>
		makePublisher({
			client,
			memory: memoryOnly(),
			secrets: [],
			log: client.log,
		}).offerSetup();
	const pulls = () => forge.pulls(`acme/${name}`);
	return { client, offer, pulls, at: `acme/${name}` };
}

const README = { "README.md": "# Shop\n" };

test("a repository is offered three files in one pull request that is no draft", async () => {
	const { offer, pulls } = await repository("fresh", README);
	expect(await offer()).toMatchObject({ branch: SETUP_BRANCH, draft: false });
	const [pull, ...others] = await pulls();
	expect(others).toEqual([]);
	expect(pull?.files.map(({ path }) => path).sort()).toEqual([
		".github/ISSUE_TEMPLATE/ml-task.yml",
		".github/modelwright.yml",
		".phase0/capsules/example/capsule.yaml",
	]);
});

test("it is never offered twice, also after it was closed", async () => {
	const { offer, pulls, at } = await repository("closed", README);
	const pull = await offer();
	expect(await offer()).toBeUndefined();
	await stage.forge.acts.editIssue(at, pull?.number ?? 0, "alice", {
		state: "closed",
	});
	expect(await offer()).toBeUndefined();
	expect(await pulls()).toHaveLength(1);
});

test("a crash between commit and pull request is made good", async () => {
	const { client, offer, pulls } = await repository("crashed", README);
	const create = client.octokit.rest.pulls.create;
	Object.assign(client.octokit.rest.pulls, {
		create: () => Promise.reject(new Error("the process was killed here")),
	});
	await expect(offer()).rejects.toThrow("killed");
	Object.assign(client.octokit.rest.pulls, { create });
	expect(await pulls()).toEqual([]);
	expect(await offer()).toBeDefined();
	expect(await pulls()).toHaveLength(1);
});

test("a repository with a configuration is left alone", async () => {
	const { offer, pulls, client } = await repository("configured", {
		...README,
		".github/modelwright.yml": "budget: 5\n",
	});
	expect(await offer()).toBeUndefined();
	expect(await pulls()).toEqual([]);
	expect(await branchHead(client, SETUP_BRANCH)).toBeUndefined();
});

test("what is there already is not replaced", async () => {
	const { offer, pulls } = await repository("form", {
		...README,
		".github/ISSUE_TEMPLATE/ml-task.yml": "name: ours\n",
	});
	expect((await offer())?.body).not.toContain("ISSUE_TEMPLATE");
	expect((await pulls())[0]?.files).toHaveLength(2);
});

test("a branch of somebody else's is not built upon", async () => {
	const { client, offer, pulls } = await repository("taken", README);
	const parent = (await branchHead(client, "main")) as string;
	await commitFiles(client, {
		branch: SETUP_BRANCH,
		parent,
		message: "theirs",
		files: [{ path: "theirs.txt", content: "x" }],
	});
	expect(await offer()).toBeUndefined();
	expect(await pulls()).toEqual([]);
});

test("agents' change sets still may not touch these places", async () => {
	const { client } = await repository("guarded", README);
	const parent = (await branchHead(client, "main")) as string;
	const publisher = makePublisher({
		client,
		memory: memoryOnly(),
		secrets: [],
		log: client.log,
	});
	const refused = await publisher.commit({
		branch: "modelwright/1/7-x",
		parent,
		message: "m",
		files: [{ path: ".github/modelwright.yml", content: "budget: 9999\n" }],
	});
	expect(refused).toMatchObject({ ok: false, kind: "not allowed" });
});
