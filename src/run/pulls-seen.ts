// What becomes of a sequential run's pull requests, and what that does to the run.
import type { PullsSeen } from "./advance.ts";
import { awaitedPulls, mergeGate } from "./awaited-pulls.ts";
import { goOn } from "./moves.ts";
import type { Step } from "./order.ts";
import { isLive, type Run } from "./run.ts";

export function pullsSeen(run: Run, seen: PullsSeen): Step {
	const merged = awaitedPulls(run).filter(({ number }) =>
		seen.merged.includes(number),
	);
	if (!isLive(run)) return { run, orders: [] };
	if (merged.length === 0) return askAsTheyStand(run, seen);
	const grown: Run = {
		...run,
		merges: [...(run.merges ?? []), ...merged],
		ground: seen.head,
	};
	return run.state === "waiting" && run.gate?.name === "stack"
		? goOn(grown, seen.at)
		: { run: grown, orders: [] };
}

/** Nothing to go on with: the question says why, if a merge became impossible. */
function askAsTheyStand(run: Run, seen: PullsSeen): Step {
	const { gate } = run;
	const asked = gate?.name === "stack" ? mergeGate(run) : undefined;
	if (!gate || !asked) return { run, orders: [] };
	const question = questionFor(run, seen) ?? asked.question;
	if (question === gate.question) return { run, orders: [] };
	return {
		run: { ...run, gate: { ...gate, question } },
		orders: [{ do: "show-status" }],
	};
}

function questionFor(
	run: Run,
	{ closed, elsewhere }: PullsSeen,
): string | undefined {
	const named = (numbers: readonly number[]) =>
		awaitedPulls(run).find(({ number }) => numbers.includes(number))?.number;
	const [lost, strayed] = [named(closed), named(elsewhere)];
	if (lost)
		return `#${lost} was closed without a merge. Reopen and merge it, then I go on.`;
	return strayed
		? `#${strayed} was merged, but not into ${run.base.branch}. I can go on from its branch.`
		: undefined;
}
