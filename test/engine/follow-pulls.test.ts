import { describe, expect, it } from "vitest";
import { seenOf } from "../../src/engine/follow-pulls.ts";
import type { Pull } from "../../src/github/pulls.ts";
import { begun } from "../support/runs.ts";

const { run } = begun();
const reader = (head: string, holds = true) => ({
	branchHead: async () => head,
	isAncestor: async () => holds,
});

const pull = (number: number, more: Partial<Pull> = {}): Pull => ({
	...{ number, branch: `b${number}`, base: "main", headSha: `h${number}` },
	...{ url: "", nodeId: "", title: "", body: "", draft: false, ours: true },
	state: "open",
	...more,
});
const merged = (number: number, minute: number, base = "main") =>
	pull(number, {
		base,
		state: "merged",
		merged: { at: `2026-01-02T03:0${minute}:00Z`, sha: `m${number}` },
	});

describe("pull requests as GitHub has them", () => {
	it("count as merged once they are in the default branch", async () => {
		const pulls = [merged(12, 1), pull(13, { base: "b12" })];
		expect(await seenOf(run, pulls, reader("head"))).toMatchObject({
			...{ merged: [12], closed: [], elsewhere: [], head: "head" },
		});
	});

	it("begin nothing on a branch whose head is told late: the merge itself is newer", async () => {
		const pulls = [merged(12, 1), merged(13, 2)];
		expect(await seenOf(run, pulls, reader("old", false))).toMatchObject({
			head: "m13",
		});
	});

	it("came along where the one below was merged after them", async () => {
		const pulls = [merged(12, 2), merged(13, 1, "b12")];
		expect((await seenOf(run, pulls, reader("head"))).merged).toEqual([12, 13]);
	});

	it("went elsewhere where the one below had been merged before", async () => {
		const pulls = [merged(12, 1), merged(13, 2, "b12")];
		expect(await seenOf(run, pulls, reader("head"))).toMatchObject({
			...{ merged: [12], elsewhere: [13] },
		});
	});

	it("are told apart where they were closed without a merge", async () => {
		const seen = await seenOf(
			run,
			[pull(12, { state: "closed" })],
			reader("x"),
		);
		expect(seen).toMatchObject({ merged: [], closed: [12] });
	});
});
