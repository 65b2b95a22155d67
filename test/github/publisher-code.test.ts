import { createHash } from "node:crypto";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommitRequest } from "../../src/github/commits.ts";
import { commitFiles } from "../../src/github/commits.ts";
import {
	memoryOnly,
	openStage,
	REPOSITORY,
	SECRET,
	type Stage,
} from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage.forge.close());

const change = (request: Partial<CommitRequest> & { branch: string }) => ({
	parent: "",
	message: "Add a model",
	files: [{ path: "model.py", content: "x = 1\n" }],
	...request,
});

const commit = async (request: Partial<CommitRequest> & { branch: string }) =>
	stage.publisher.commit(
		change({ parent: await stage.head(), ...request }) as CommitRequest,
	);

const alice = () => new Octokit({ auth: "alice", baseUrl: stage.forge.api });

/** The files of a commit, by path: git's name for their content. */
async function filesAt(sha: string): Promise<Record<string, string>> {
	const { data } = await alice().rest.git.getTree({
		...stage.client.at,
		tree_sha: sha,
		recursive: "true",
	});
	const files = data.tree.filter(({ type }) => type === "blob");
	return Object.fromEntries(files.map((file) => [file.path, file.sha]));
}

const blobName = (content: string | Uint8Array) => {
	const bytes = Buffer.from(content);
	return createHash("sha1")
		.update(`blob ${bytes.length}\0`)
		.update(bytes)
		.digest("hex");
};

/** Somebody else's commit on a branch: nothing our publisher remembers. */
const push = (branch: string, parent: string) =>
	commitFiles(stage.client, {
		branch,
		parent,
		message: "theirs",
		files: [{ path: "theirs.py", content: "y = 1\n" }],
	});

describe("a commit", () => {
	test("starts a branch, then moves it, with files written and changed", async () => {
		const branch = "modelwright/1/7-model";
		const first = await commit({ branch });
		if (!first.ok) throw new Error(first.message);
		const second = await commit({
			branch,
			parent: first.sha,
			files: [{ path: "train.py", content: "print(1)\n" }],
		});
		if (!second.ok) throw new Error(second.message);
		expect(await stage.reader.branchHead(branch)).toBe(second.sha);
		expect(await filesAt(second.sha)).toMatchObject({
			"model.py": blobName("x = 1\n"),
			"train.py": blobName("print(1)\n"),
		});
	});

	test("takes files out, and no protected one", async () => {
		const branch = "modelwright/1/7-less";
		const files = [
			{ path: "old/model.py", content: "x = 1\n" },
			{ path: "old/keep.py", content: "y = 1\n" },
		];
		const first = await commit({ branch, files });
		if (!first.ok) throw new Error(first.message);
		const without = (deletions: string[]) =>
			commit({ branch, parent: first.sha, files: [], deletions });
		const second = await without(["old/model.py"]);
		if (!second.ok) throw new Error(second.message);
		const { "old/model.py": _, ...kept } = await filesAt(first.sha);
		expect(await filesAt(second.sha)).toEqual(kept);
		expect(await without([".github/CODEOWNERS"])).toMatchObject({
			ok: false,
			kind: "not allowed",
		});
	});

	test("tells its tree, which the next one lays its files over unasked", async () => {
		const branch = "modelwright/1/7-known";
		const first = await commit({ branch });
		if (!first.ok) throw new Error(first.message);
		const { data } = await alice().rest.git.getCommit({
			...stage.client.at,
			commit_sha: first.sha,
		});
		expect(first.tree).toBe(data.tree.sha);
		stage.callsOf("git/get-commit");
		const second = await commit({
			...{ branch, parent: first.sha, baseTree: first.tree },
			files: [{ path: "more.py", content: "y = 1\n" }],
		});
		if (!second.ok) throw new Error(second.message);
		expect(stage.callsOf("git/get-commit")).toBe(0);
		expect(Object.keys(await filesAt(second.sha))).toEqual(
			expect.arrayContaining(["model.py", "more.py", "train.py"]),
		);
	});

	test("asked for again is the same commit", async () => {
		const branch = "modelwright/1/again";
		const first = await commit({ branch });
		expect(await commit({ branch })).toEqual(first);
		const parent = first.ok ? first.sha : "";
		const files = [{ path: "model.py", content: "x = 2\n" }];
		const second = await commit({ branch, parent, files });
		expect(await commit({ branch, parent, files })).toEqual(second);
	});

	test("is found when GitHub made the branch but lost its answer", async () => {
		const branch = "modelwright/1/lost";
		stage.forge.faults.call("git/create-ref", { kind: "fail-afterwards" });
		const made = await commit({ branch });
		expect(made.ok).toBe(true);
		expect(await stage.reader.branchHead(branch)).toBe(made.ok && made.sha);
	});

	test("never runs over what somebody else pushed", async () => {
		const branch = "modelwright/1/foreign";
		const ours = await commit({ branch });
		if (!ours.ok) throw new Error(ours.message);
		const theirs = await push(branch, ours.sha);
		const refused = await commit({
			branch,
			parent: ours.sha,
			files: [{ path: "model.py", content: "x = 3\n" }],
		});
		expect(refused).toMatchObject({ ok: false, kind: "moved" });
		expect(await stage.reader.branchHead(branch)).toBe(theirs.ok && theirs.sha);
	});

	test("yields even when somebody pushes at the very last moment", async () => {
		const branch = "modelwright/1/race";
		const ours = await commit({ branch });
		if (!ours.ok) throw new Error(ours.message);
		let pushed = false;
		stage.client.octokit.hook.before("request", async ({ method, url }) => {
			if (method !== "PATCH" || !url.includes("/git/refs/") || pushed) return;
			pushed = true;
			await push(branch, ours.sha);
		});
		const refused = await commit({
			branch,
			parent: ours.sha,
			files: [{ path: "model.py", content: "x = 4\n" }],
		});
		expect(refused).toMatchObject({ ok: false, kind: "moved" });
	});

	test("tried anew with other content follows what the first try left", async () => {
		const branch = "modelwright/1/retried";
		const parent = await stage.head();
		const first = await commit({ branch, parent });
		const files = [{ path: "other.py", content: "z = 1\n" }];
		const second = await commit({ branch, parent, files });
		if (!first.ok || !second.ok) throw new Error("both should be made");
		expect(await stage.reader.branchHead(branch)).toBe(second.sha);
		const made = await filesAt(second.sha);
		expect(made["other.py"]).toBe(blobName("z = 1\n"));
		expect(made["model.py"]).toBeUndefined();
	});

	test("that changes nothing is said to change nothing", async () => {
		const files = [{ path: "README.md", content: "# Churn\n" }];
		expect(await commit({ branch: "modelwright/1/none", files })).toMatchObject(
			{ ok: false, kind: "unchanged" },
		);
	});

	test("carries bytes that are no text, and keeps them", async () => {
		const content = new Uint8Array([0, 255, 1, 254]);
		const branch = "modelwright/1/binary";
		const made = await commit({
			branch,
			files: [{ path: "model.bin", content }],
		});
		if (!made.ok) throw new Error(made.message);
		expect((await filesAt(made.sha))["model.bin"]).toBe(blobName(content));
	});

	test.each([
		["a secret of this server", [{ path: "a.py", content: `k="${SECRET}"` }]],
		["a token", [{ path: "a.py", content: `k="ghp_${"a1".repeat(18)}"` }]],
		["a workflow", [{ path: ".github/workflows/x.yml", content: "on: push" }]],
		["a path outside", [{ path: "../x.py", content: "x" }]],
	])("with %s is refused before GitHub is asked", async (_, files) => {
		const parent = await stage.head();
		stage.callsOf("");
		const refused = await stage.publisher.commit(
			change({ branch: "modelwright/1/no", parent, files }) as CommitRequest,
		);
		expect(refused).toMatchObject({ ok: false, kind: "not allowed" });
		expect(JSON.stringify(refused)).not.toContain(SECRET);
		expect(stage.callsOf("git/create-tree")).toBe(0);
	});

	test("takes a document of our own without the secrets quoted in it", async () => {
		const quoted = `# Design\n\n${SECRET} and AKIA${"ABCD".repeat(4)}\n`;
		const content = stage.publisher.document(quoted);
		expect(content).toBe(
			"# Design\n\n[secret removed] and [AWS key removed]\n",
		);
		const files = [{ path: "docs/design.md", content }];
		const branch = "modelwright/1/7-document";
		expect(await commit({ branch, files })).toMatchObject({ ok: true });
	});

	test("of more files than one tree request takes arrives whole", async () => {
		const files = Array.from({ length: 100 }, (_, n) => ({
			path: `data/part_${n}.py`,
			content: `n = ${n}\n`,
		}));
		const branch = "modelwright/1/many";
		const made = await commit({ branch, files });
		if (!made.ok) throw new Error(made.message);
		const paths = Object.keys(await filesAt(made.sha));
		expect(paths).toHaveLength(102);
	});
});

describe("a pull request", () => {
	const text = {
		base: "main",
		title: "[#1 · 7/12] A model that fixes #9",
		body: "Part of #1",
	};
	const opened = async (branch: string) => {
		await commit({ branch });
		return stage.publisher.pull({ ...text, branch });
	};
	const pullsOf = async (branch: string) =>
		(await stage.forge.pulls(REPOSITORY)).filter(({ head }) => head === branch);

	test("is opened once, as a draft, and brought up to date afterwards", async () => {
		const branch = "modelwright/1/pull";
		const first = await opened(branch);
		const body = "Part of #1, again";
		const second = await stage
			.publisherWith(memoryOnly())
			.pull({ ...text, body, branch });
		expect(second.ok && second.pull.number).toBe(first.ok && first.pull.number);
		expect(second.ok && second.pull.body).toBe(body);
		expect(await pullsOf(branch)).toMatchObject([{ draft: true }]);
	});

	test("is looked for only where it was tried before", async () => {
		const branch = "modelwright/1/looked-for";
		stage.callsOf("pulls/list");
		const first = await opened(branch);
		expect(stage.callsOf("pulls/list")).toBe(0);
		expect(await stage.publisher.pull({ ...text, branch })).toEqual(first);
		expect(stage.callsOf("pulls/list")).toBe(1);
		expect(await pullsOf(branch)).toHaveLength(1);
	});

	test("keeps our prefix, while the rest of its title refers to nothing", async () => {
		const pull = await opened("modelwright/1/title");
		expect(pull.ok && pull.pull.title).toBe(
			"[#1 · 7/12] A model that fixes no. 9",
		);
	});

	test("is not opened twice when GitHub lost its answer", async () => {
		const branch = "modelwright/1/lost-pull";
		stage.forge.faults.call("pulls/create", { kind: "fail-afterwards" });
		const pull = await opened(branch);
		expect(pull.ok).toBe(true);
		expect(await pullsOf(branch)).toHaveLength(1);
	});

	test("of the same branch by somebody else is left alone", async () => {
		const branch = "modelwright/1/hijacked";
		await commit({ branch });
		await alice().rest.pulls.create({
			owner: "acme",
			repo: "churn",
			title: "Mine",
			head: branch,
			base: "main",
		});
		const refused = await stage.publisher.pull({ ...text, branch });
		expect(refused).toMatchObject({ ok: false });
		expect(await pullsOf(branch)).toMatchObject([{ title: "Mine" }]);
	});

	test("is edited only where it differs", async () => {
		const pull = await opened("modelwright/1/edit");
		if (!pull.ok) throw new Error(pull.message);
		stage.callsOf("");
		await stage.publisher.editPull(pull.pull.number, { title: text.title });
		expect(stage.callsOf("pulls/update")).toBe(0);
		await stage.publisher.editPull(pull.pull.number, { title: "Other" });
		expect(stage.callsOf("pulls/update")).toBe(1);
	});

	test("comes out of draft, and a refusal is told, not thrown", async () => {
		const pull = await opened("modelwright/1/ready");
		if (!pull.ok) throw new Error(pull.message);
		expect(await stage.publisher.markReady(pull.pull.nodeId)).toEqual({
			ok: true,
		});
		expect(await pullsOf("modelwright/1/ready")).toMatchObject([
			{ draft: false },
		]);
		expect(await stage.publisher.markReady("no such node")).toMatchObject({
			ok: false,
		});
	});
});

test("nothing of all this is outside GitHub's contract or our permissions", () => {
	expect(stage.forge.violations).toEqual([]);
	expect(stage.undeclaredCalls()).toEqual([]);
});
