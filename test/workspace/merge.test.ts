// A child's change alone, on top of what its parent became.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mergeCommits } from "../../src/workspace/merge.ts";
import { type GitServer, serveGit } from "../support/git-server.ts";
import { type Entry, makeRepository, type Repository } from "./repository.ts";

const LINES = Array.from({ length: 20 }, (_, i) => `line ${i}`);
const text = (more: Record<number, string> = {}) =>
	`${LINES.map((line, i) => more[i] ?? line).join("\n")}\n`;
const file = (path: string, content: string | Uint8Array, mode?: string) => ({
	...{ path, content },
	...(mode ? { mode } : {}),
});

let repository: Repository;
let server: GitServer;
const dataDir = mkdtempSync(join(tmpdir(), "merge-"));

beforeAll(async () => {
	repository = makeRepository();
	server = await serveGit(repository.root);
	repository.git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
});
afterAll(() => {
	server.close();
	for (const folder of [dataDir, repository.root])
		rmSync(folder, { recursive: true, force: true });
});

/** Three commits without any history in common, as after a squash. */
async function merge(base: Entry[], ours: Entry[], theirs: Entry[]) {
	const orphan = (entries: Entry[]) => {
		const sha = repository.commit(entries);
		const tree = repository.git(["rev-parse", `${sha}^{tree}`]);
		return repository.git(["commit-tree", tree, "-m", "alone"]);
	};
	const [b, o, t] = [orphan(base), orphan(ours), orphan(theirs)];
	const merged = await mergeCommits({
		...{ dataDir, repositoryId: 1, installationId: 2 },
		cloneUrl: `${server.origin}/churn.git`,
		...{ base: { sha: b }, ours: { sha: o }, theirs: { sha: t } },
	});
	return { merged, theirs: t };
}

describe("a three-way merge of trees", () => {
	it("takes what ours adds, changes and removes, and nothing that both have", async () => {
		const base = [
			file("parent.py", "p = 1\n"),
			file("gone.py", "x = 1\n"),
			file("shared.py", text()),
		];
		const { merged, theirs } = await merge(
			base,
			[
				file("parent.py", "p = 1\n"),
				file("child.sh", "#!/bin/sh\n", "100755"),
				file("shared.py", text({ 2: "ours" })),
			],
			[...base.slice(0, 2), file("shared.py", text({ 17: "theirs" }))],
		);
		if (!merged.ok) throw new Error(JSON.stringify(merged));
		expect(merged.theirTree).toBe(
			repository.git(["rev-parse", `${theirs}^{tree}`]),
		);
		const told = merged.entries.map(({ path, mode, id, content }) => ({
			...{ path, mode, gone: id === null },
			text: content && Buffer.from(content).toString(),
		}));
		expect(told).toEqual([
			{ path: "child.sh", mode: "100755", gone: false, text: undefined },
			{ path: "gone.py", mode: "100644", gone: true, text: undefined },
			{
				...{ path: "shared.py", mode: "100644", gone: false },
				text: text({ 2: "ours", 17: "theirs" }),
			},
		]);
	});

	it("keeps every byte of what is not UTF-8", async () => {
		const latin = (more: Record<number, string>) =>
			Buffer.from(text({ 9: "gr\u00f6\u00dfe", ...more }), "latin1");
		const { merged } = await merge(
			[file("a.txt", latin({}))],
			[file("a.txt", latin({ 1: "ours" }))],
			[file("a.txt", latin({ 18: "theirs" }))],
		);
		if (!merged.ok) throw new Error(JSON.stringify(merged));
		const [entry] = merged.entries;
		expect(Buffer.from(entry?.content ?? []).toString("latin1")).toBe(
			latin({ 1: "ours", 18: "theirs" }).toString("latin1"),
		);
	});

	it("changes nothing where theirs has it all", async () => {
		const both = [file("a.py", "a = 2\n")];
		const { merged } = await merge([file("a.py", "a = 1\n")], both, both);
		expect(merged).toMatchObject({ ok: true, entries: [] });
	});

	it("names the files that conflict", async () => {
		const { merged } = await merge(
			[file("a.py", text()), file("größe.py", text())],
			[file("a.py", text({ 3: "x" })), file("größe.py", text({ 3: "x" }))],
			[file("a.py", text({ 3: "y" })), file("größe.py", text({ 3: "y" }))],
		);
		expect(merged).toEqual({
			...{ ok: false, kind: "conflict" },
			paths: ["a.py", "größe.py"],
		});
	});

	it("is a failure in words where a commit is not to be had", async () => {
		const place = { dataDir, repositoryId: 1, installationId: 2 };
		const side = { sha: "d".repeat(40) };
		const cloneUrl = `${server.origin}/churn.git`;
		const merged = await mergeCommits({
			...{ ...place, cloneUrl, base: side, ours: side, theirs: side },
		});
		expect(merged).toMatchObject({ ok: false, kind: "failed" });
	});
});
