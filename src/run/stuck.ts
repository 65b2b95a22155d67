// Pull requests of a stack that cannot follow the ones below them: before the next
// phase builds on that, somebody decides.
import { unmergedPulls } from "./awaited-pulls.ts";
import type { GateRequest } from "./gate.ts";
import type { Run } from "./run.ts";
import type { Stuck } from "./run-pulls.ts";

/** What is known anew takes the place of what was; an answer to the same stays. */
export function withStuck(
	run: Run,
	whys: readonly Stuck["why"][],
	found: readonly Omit<Stuck, "waived">[],
): Run {
	const before = run.stuck ?? [];
	const same = (one: Omit<Stuck, "waived">) =>
		before.find(({ pull, why }) => pull === one.pull && why === one.why);
	const ours = new Set(unmergedPulls(run).map(({ number }) => number));
	const stuck = [
		...before.filter(({ why }) => !whys.includes(why)),
		...found
			.filter(({ pull }) => ours.has(pull))
			.map((one) => same(one) ?? one),
	];
	const isSame =
		stuck.length === before.length &&
		stuck.every((one) => before.includes(one));
	return isSame ? run : { ...run, stuck };
}

/** Somebody said to go on all the same. */
export const waiveStuck = (run: Run): Run =>
	run.stuck
		? { ...run, stuck: run.stuck.map((one) => ({ ...one, waived: true })) }
		: run;

const IN_WORDS: Record<Stuck["why"], string> = {
	closed: "was closed without a merge: reopen it",
	elsewhere: "was merged into a branch that does not lead to the default one",
	conflict:
		"conflicts with what was merged below it: resolve that on its branch",
};

/** A sequential run asks for its merges instead. */
export function stuckGate(run: Run): GateRequest | undefined {
	if (run.config.pull_requests === "sequential") return undefined;
	const open = (run.stuck ?? []).filter(({ waived }) => !waived);
	if (open.length === 0) return undefined;
	const each = open.map(({ pull, why }) => `#${pull} ${IN_WORDS[why]}`);
	return {
		name: "stack",
		command: "/approve",
		question: `${each.join("; ")}, then I go on.`,
	};
}
