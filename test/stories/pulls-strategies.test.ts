// People merge a stack in their own order and manner; what is left follows. Each
// situation is a repository of its own, with the real git client as the person.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { addOrders } from "../../src/engine/store/orders.ts";
import {
	diffs,
	followAlong,
	following,
	heads,
	mergedOnce,
	trunk,
} from "../support/following.ts";

followAlong();

describe.each(["merge", "squash", "rebase"] as const)(
	"a stack merged from the bottom by %s",
	(method) => {
		it("shows each one's change alone, and brings all of it to the default branch", async () => {
			// GitHub's rebase replays what was merged below as well, and refuses where
			// that was changed since.
			const apart = method === "rebase";
			const stack = await following.stacked(`bottom-up-${method}`, apart);
			const wanted = await diffs(stack);
			const before = await heads(stack);
			await stack.push("main", { "notes.md": "Somebody else's.\n" });
			await stack.merge(7, method);
			await following.quiet();
			expect(await stack.pull(8)).toMatchObject({ base: "main" });
			expect(await mergedOnce(stack, 8, before[8])).toBe(await trunk(stack));
			expect(await mergedOnce(stack, 9, before[9])).toBe(
				(await stack.pull(8)).headSha,
			);
			expect(await stack.diff(8)).toBe(wanted[8]);
			expect(await stack.diff(9)).toBe(wanted[9]);
			const between = await heads(stack);
			await stack.merge(8, method);
			await following.quiet();
			expect(await stack.pull(9)).toMatchObject({ base: "main" });
			expect(await mergedOnce(stack, 9, between[9])).toBe(await trunk(stack));
			expect(await stack.diff(9)).toBe(wanted[9]);
			const top = (await stack.pull(9)).headSha;
			await stack.merge(9, method);
			await following.quiet();
			await trunk(stack);
			expect(await stack.git("diff", top, "origin/main")).toBe("");
			const files = await stack.git(
				"ls-tree",
				"-r",
				"--name-only",
				"origin/main",
			);
			expect(files.split("\n")).toEqual([
				...["README.md", "notes.md", "part7.py", "part8.py", "part9.py"],
				"shared.py",
			]);
			expect((await stack.now())?.state).toBe("closed");
			const { issues } = following.forge.repository(stack.name);
			expect(issues.get(stack.issue)?.state).toBe("closed");
			const said = stack.comments().filter((body) => /Merged into/.test(body));
			expect(said).toHaveLength(1);
		});
	},
);

describe("a stack merged out of order", () => {
	it("rests on what the one in the middle was merged into", async () => {
		const stack = await following.stacked("middle-first");
		const wanted = await diffs(stack);
		await stack.merge(8, "squash");
		await following.quiet();
		expect(await stack.pull(9)).toMatchObject({ base: stack.pulls[7].branch });
		expect(await stack.diff(9)).toBe(wanted[9]);
		await stack.merge(7, "squash");
		await following.quiet();
		expect(await stack.pull(9)).toMatchObject({ base: "main" });
		expect(await stack.diff(9)).toBe(wanted[9]);
		await stack.merge(9, "squash");
		await following.quiet();
		expect((await stack.now())?.state).toBe("closed");
	});

	it("follows one that somebody merged into the default branch first", async () => {
		const stack = await following.stacked("middle-to-main");
		const wanted = await diffs(stack);
		await stack.setBase(8, "main");
		await stack.merge(8, "squash");
		await following.quiet();
		expect(await stack.pull(9)).toMatchObject({ base: "main" });
		expect(await stack.diff(9)).toBe(wanted[9]);
	});

	it("takes what came one merge after the other at once", async () => {
		const stack = await following.stacked("all-at-once");
		const wanted = await diffs(stack);
		for (const phase of [7, 8] as const) {
			await stack.setBase(phase, "main").catch(() => undefined);
			await stack.merge(phase, "merge");
		}
		await following.quiet();
		expect(await stack.diff(9)).toBe(wanted[9]);
	});
});

describe("work that is done again, as after a crash", () => {
	it("brings one merge commit each, and moves nothing that follows already", async () => {
		const stack = await following.stacked("again");
		const wanted = await diffs(stack);
		const before = await heads(stack);
		const { faults } = following.forge;
		// Each is done, and the one who asked never hears of it.
		for (const lost of ["pulls/update", "git/create-commit", "git/update-ref"])
			faults.call(lost, { kind: "fail-afterwards" });
		await stack.merge(7, "squash");
		await following.quiet();
		expect(await mergedOnce(stack, 8, before[8])).toBe(await trunk(stack));
		await mergedOnce(stack, 9, before[9]);
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
		const once = await heads(stack);
		await addOrders(following.db, stack.run.id, [
			{ do: "follow-stack" },
			{ do: "follow-stack" },
		]);
		await sleep(100);
		await following.quiet();
		expect(await heads(stack)).toEqual(once);
	});
});
