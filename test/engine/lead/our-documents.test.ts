// What Modelwright writes itself quotes people; a secret among their words must
// not refuse the commit, and with it the whole phase.
import { expect, it } from "vitest";
import { makePulls, type PullsParts } from "../../../src/engine/lead/pulls.ts";
import type { CommitRequest } from "../../../src/github/commits.ts";
import { makeOutgoing } from "../../../src/github/outgoing.ts";
import { plainJournal } from "../../support/journals.ts";
import { memoryTree } from "../../support/memory-tree.ts";
import { runAfter } from "../../support/runs.ts";

const HELD = "correct-horse-battery-staple";
const SHAPED = `AKIA${"ABCD".repeat(4)}`;

it("the design document and the model card are committed without secrets", async () => {
	const committed: CommitRequest[] = [];
	const publisher = {
		document: makeOutgoing([HELD]).document,
		commit: async (request: CommitRequest) => {
			committed.push(request);
			return { ok: true, sha: String(committed.length).repeat(40) };
		},
		pull: async () => ({ ok: true, pull: { number: 7, url: "", title: "" } }),
	};
	const pulls = makePulls({
		...{ run: runAfter(6), phase: 7, reports: {}, publisher },
		...{
			journal: plainJournal,
			grow: async () => true,
			treeAt: async () => memoryTree({}),
		},
	} as unknown as PullsParts);
	const content = `Keep ${HELD} and ${SHAPED} out.\n`;
	await pulls.open({
		slug: "model",
		change: { title: "", why: "", what: [], files: [], replacements: [] },
		tests: {
			...{ runner: "docker", status: "passed", passed: 1, failed: 0 },
			...{ seconds: 1, output: "" },
		},
		documents: [{ path: "docs/design.md", content }],
	});
	await pulls.addFiles([{ path: "MODEL_CARD.md", content }], "Add the card");
	expect(committed.flatMap(({ files }) => files)).toMatchObject([
		{
			path: "docs/design.md",
			content: "Keep [secret removed] and [AWS key removed] out.\n",
		},
		{
			path: "MODEL_CARD.md",
			content: "Keep [secret removed] and [AWS key removed] out.\n",
		},
	]);
});

it("a change that must not leave is asked for anew, not published again", async () => {
	const publisher = {
		commit: async () => ({ ok: false, kind: "not allowed", message: "a key" }),
	};
	const pulls = makePulls({
		...{ run: runAfter(6), phase: 7, reports: {}, publisher },
		...{ journal: plainJournal, treeAt: async () => memoryTree({}) },
	} as unknown as PullsParts);
	const opening = pulls.open({
		slug: "model",
		change: { title: "", why: "", what: [], files: [], replacements: [] },
		tests: {
			...{ runner: "docker", status: "passed", passed: 1, failed: 0 },
			...{ seconds: 1, output: "" },
		},
	});
	await expect(opening).rejects.toMatchObject({
		failure: { kind: "invalid submission", message: "a key" },
	});
});
