// A file that a change deletes is gone from the commit and counted as its lines.
import { expect, onTestFinished, test } from "vitest";
import { makePulls, type PullsParts } from "../../../src/engine/lead/pulls.ts";
import type { CommitRequest } from "../../../src/github/commits.ts";
import { plainJournal } from "../../support/journals.ts";
import { runAfter } from "../../support/runs.ts";
import { tempTree } from "../../support/temp-tree.ts";

test("what a change deletes reaches the commit, but never a document of ours", async () => {
	const commits: CommitRequest[] = [];
	const publisher = {
		document: (text: string) => text,
		async commit(request: CommitRequest) {
			commits.push(request);
			return { ok: true, sha: "c".repeat(40) };
		},
		pull: async () => ({ ok: true, pull: { number: 7, url: "", title: "" } }),
	};
	const tree = await tempTree({
		"old.py": "x = 1\ny = 2\n",
		"docs/d.md": "#\n",
	});
	onTestFinished(() => tree.remove());
	const pulls = makePulls({
		...{ run: runAfter(6), phase: 7, reports: {}, publisher },
		...{
			journal: plainJournal,
			grow: async () => true,
			treeAt: async () => tree,
		},
	} as unknown as PullsParts);
	const pull = await pulls.open({
		slug: "model",
		change: {
			...{ title: "Less", why: "Unused.", what: ["old.py goes"] },
			...{ files: [], replacements: [] },
			deletions: ["old.py", "docs/d.md", "never-there.py"],
		},
		tests: {
			...{ runner: "wasm", status: "passed", passed: 1, failed: 0 },
			...{ seconds: 1, output: "" },
		},
		documents: [{ path: "docs/d.md", content: "# Design\n" }],
	});
	expect(commits[0]?.deletions).toEqual(["old.py"]);
	expect(pull.files).toContainEqual({
		...{ path: "old.py", additions: 0, deletions: 2 },
	});
});
