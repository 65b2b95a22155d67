// People push to a stack, close what they do not want and revert what they merged:
// nothing of theirs is lost, and what cannot follow is told.
import { describe, expect, it } from "vitest";
import {
	diffs,
	followAlong,
	following,
	heads,
	mergedOnce,
} from "../support/following.ts";

followAlong();

describe("people's own commits", () => {
	it("on a branch in the middle are kept, there and above", async () => {
		const stack = await following.stacked("own-commit");
		const { branch } = stack.pulls[8];
		const mine = await stack.push(branch, { "mine.py": "mine = 1\n" });
		await stack.edit(branch, "part8.py", 3, "part8_3 = 'mine'");
		await following.quiet();
		const wanted = await diffs(stack);
		expect(wanted[8]).toContain("+mine = 1");
		await stack.merge(7, "squash");
		await following.quiet();
		const { headSha } = await stack.pull(8);
		await stack.git("fetch", "-q", "origin");
		await stack.git("merge-base", "--is-ancestor", mine, headSha);
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
		await stack.merge(8, "squash");
		await following.quiet();
		expect(await stack.diff(9)).toBe(wanted[9]);
		expect(await stack.git("show", "origin/main:part8.py")).toContain("'mine'");
	});

	it("on the lowest one reach those above with the merge", async () => {
		const stack = await following.stacked("own-commit-below");
		const wanted = await diffs(stack);
		await stack.edit(stack.pulls[7].branch, "part7.py", 1, "part7_1 = 'mine'");
		await stack.merge(7, "squash");
		await following.quiet();
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
		const { headSha } = await stack.pull(9);
		await stack.git("fetch", "-q", "origin");
		expect(await stack.git("show", `${headSha}:part7.py`)).toContain("'mine'");
	});
});

describe("a default branch that moves", () => {
	it("brings no commit to a stack of which nothing is merged", async () => {
		const stack = await following.stacked("moved");
		const before = await heads(stack);
		await stack.push("main", { "notes.md": "Unrelated.\n" });
		await following.quiet();
		expect(await heads(stack)).toEqual(before);
	});

	it("with a conflict leaves the branch to people, says so once, and goes on from theirs", async () => {
		const stack = await following.stacked("conflict");
		const wanted = await diffs(stack);
		const before = await heads(stack);
		// Somebody changes the line that phase 8 changes.
		await stack.edit("main", "shared.py", 24, "shared_24 = 'theirs'");
		await stack.merge(7, "squash");
		await following.quiet();
		expect(await heads(stack)).toEqual(before);
		const said = () =>
			stack.comments().filter((body) => /conflicts with/.test(body));
		expect(said()).toHaveLength(1);
		expect(said()[0]).toContain("`shared.py`");
		expect(said()[0]).toContain(`#${stack.pulls[8].number}`);
		// The person resolves it with git.
		const { branch } = stack.pulls[8];
		await stack.git("fetch", "-q", "origin");
		await stack.git("checkout", "-q", "-B", "mine", `origin/${branch}`);
		await stack
			.git("merge", "-q", "-X", "ours", "origin/main")
			.catch(() => undefined);
		await stack.git("checkout", "--ours", ".").catch(() => undefined);
		await stack.git("add", "-A");
		await stack.git("commit", "-q", "-m", "Resolved").catch(() => undefined);
		await stack.git("push", "-q", "origin", `HEAD:${branch}`);
		const resolved = await stack.git("rev-parse", "HEAD");
		await following.quiet();
		expect((await stack.pull(8)).headSha).toBe(resolved);
		expect(await mergedOnce(stack, 9, before[9])).toBe(resolved);
		expect(await stack.diff(9)).toBe(wanted[9]);
		expect(said()).toHaveLength(1);
	});
});

describe("a pull request closed unmerged", () => {
	it("leaves those above as they are and is told once, until it is opened again", async () => {
		const stack = await following.stacked("closed");
		const wanted = await diffs(stack);
		const before = await heads(stack);
		await stack.state(8, "closed");
		await stack.merge(7, "squash");
		await following.quiet();
		expect(await heads(stack)).toEqual(before);
		const said = stack.comments().filter((body) => /closed without/.test(body));
		expect(said).toHaveLength(1);
		expect(said[0]).toContain(`#${stack.pulls[9].number}`);
		await stack.state(8, "open");
		await following.quiet();
		expect(await stack.pull(8)).toMatchObject({ base: "main" });
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
	});
});

describe("what was merged and then reverted", () => {
	it("is told on the issue, once, when the revert is merged", async () => {
		const stack = await following.stacked("reverted");
		await stack.merge(7, "squash");
		await following.quiet();
		const { number, branch } = stack.pulls[7];
		await stack.git("fetch", "-q", "origin");
		await stack.git("checkout", "-q", "-B", "mine", "origin/main");
		await stack.git("revert", "--no-edit", "HEAD");
		const back = `revert-${number}-${branch}`;
		await stack.git("push", "-q", "origin", `HEAD:${back}`);
		const revert = await stack.open(back, `Reverts ${stack.name}#${number}`);
		await stack.forge.acts.mergePull(stack.name, revert, "alice", "merge");
		await following.quiet();
		stack.redeliver("pull_request");
		await following.quiet();
		const said = stack.comments().filter((body) => /was reverted/.test(body));
		expect(said).toHaveLength(1);
		expect(said[0]).toContain(`#${number}`);
		expect(said[0]).toContain(`#${revert}`);
	});
});
