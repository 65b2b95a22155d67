// What becomes of a run's pull requests, and what that does to the run.
import type { PullsSeen, StackFollowed } from "./advance.ts";
import { awaitedPulls, mergeGate, unmergedPulls } from "./awaited-pulls.ts";
import { end, goOn, nothing } from "./moves.ts";
import type { Order, Step } from "./order.ts";
import { withHeads } from "./pull-heads.ts";
import { isAtRest, isLive, type Run } from "./run.ts";
import { stuckGate, withStuck } from "./stuck.ts";

/** The phase that judges. */
const EVALUATION = 11;

/** Whether merges still mean something; closing the issue may come before the last one is told. */
export const attendsPulls = (run: Run): boolean =>
	(isLive(run) || run.state === "delivered" || run.state === "closed") &&
	unmergedPulls(run).length > 0;

export function pullsSeen(run: Run, seen: PullsSeen): Step {
	if (!attendsPulls(run)) return nothing(run);
	const known = isLive(run)
		? withStuck(
				withHeads(run, seen.heads),
				["closed", "elsewhere"],
				[
					...seen.closed.map((pull) => ({ pull, why: "closed" as const })),
					...seen.elsewhere.map((pull) => ({
						pull,
						why: "elsewhere" as const,
					})),
				],
			)
		: withHeads(run, seen.heads);
	const merged = unmergedPulls(known).filter(({ number }) =>
		seen.merged.includes(number),
	);
	if (merged.length === 0) {
		const step = alsoFollowing(askAsTheyStand(known, seen), seen);
		return { ...step, orders: [...judging(run, known), ...step.orders] };
	}
	const { commits = {} } = seen;
	const grown: Run = {
		...known,
		merges: [
			...(known.merges ?? []),
			...merged.map((pull) => {
				const sha = commits[pull.number];
				return { ...pull, ...(sha ? { sha } : {}) };
			}),
		],
		ground: seen.head,
	};
	if (unmergedPulls(grown).length === 0 && !isLive(grown))
		return allMerged(grown, seen.at);
	const waits = grown.state === "waiting" && grown.gate?.name === "stack";
	return alsoFollowing(
		waits ? goOn(grown, seen.at) : { run: grown, orders: [] },
		seen,
	);
}

/** The end of it all: the summary tells what was merged, and the task is done. */
function allMerged(run: Run, at: string): Step {
	const tell: Order[] = [{ do: "tell-merges" }, { do: "close-issue" }];
	if (run.state !== "delivered") return { run, orders: tell };
	const ended = end(run, "closed", at);
	return { run: ended.run, orders: [...tell, ...ended.orders] };
}

/** Nothing to go on with: the question says why, if a merge became impossible. */
function askAsTheyStand(
	run: Run,
	seen: Pick<PullsSeen, "closed" | "elsewhere" | "at">,
): Step {
	const { gate } = run;
	if (gate?.name !== "stack" || run.state !== "waiting") return nothing(run);
	const asked = mergeGate(run) ?? stuckGate(run);
	// Nothing is in the way any more.
	if (!asked) return goOn(run, seen.at);
	const question = questionFor(run, seen) ?? asked.question;
	if (question === gate.question) return nothing(run);
	return {
		run: { ...run, gate: { ...gate, question } },
		orders: [{ do: "show-status" }],
	};
}

function questionFor(
	run: Run,
	{ closed, elsewhere }: Pick<PullsSeen, "closed" | "elsewhere">,
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

const NOTHING = { closed: [], elsewhere: [] } as const;

/** The new heads have no checks yet. */
export function stackFollowed(run: Run, followed: StackFollowed): Step {
	const { moved: pulls } = followed;
	const orders: Order[] =
		run.findings && pulls.length > 0 ? [{ do: "show-findings", pulls }] : [];
	const heads = withHeads(run, followed.heads);
	const found = followed.conflicts.map((pull) => ({
		...{ pull, why: "conflict" as const },
	}));
	const known = isLive(run) ? withStuck(heads, ["conflict"], found) : heads;
	const step = askAsTheyStand(known, { ...NOTHING, at: followed.at });
	return {
		run: step.run,
		orders: [...orders, ...judging(run, known), ...step.orders],
	};
}

/** The verdict stands on the top one's head: on another it is shown anew. */
function judging(before: Run, now: Run): Order[] {
	const judged = now.done.some(({ phase }) => phase === EVALUATION);
	const topOf = (run: Run) => unmergedPulls(run).at(-1)?.head;
	const moved = topOf(now) !== undefined && topOf(now) !== topOf(before);
	return judged && moved ? [{ do: "show-evaluation" }] : [];
}

/** Others may have to follow what was merged, or cannot follow what was closed. */
function alsoFollowing(step: Step, { closed, elsewhere }: PullsSeen): Step {
	const { run, orders } = step;
	const asks = isLive(run) && run.config.pull_requests === "sequential";
	const lost = !asks && closed.length + elsewhere.length > 0;
	const follows = run.state !== "closed" && (lost || isBehind(run));
	return follows ? { run, orders: [...orders, { do: "follow-stack" }] } : step;
}

const isBehind = (run: Run) =>
	((run.merges ?? []).length > 0 || run.done.some(({ revised }) => revised)) &&
	unmergedPulls(run).length > 0;

/**
 * While a phase was at work its branches were left alone. One that failed may have
 * met a commit of somebody's: the next try builds on it.
 */
export function followingAtRest(before: Run, step: Step): Step {
	const { run, orders } = step;
	if (before.state !== "working" || !isAtRest(run)) return step;
	const failed = run.gate?.name === "trouble" && unmergedPulls(run).length > 0;
	if (!failed && !isBehind(run)) return step;
	return { run, orders: [...orders, { do: "follow-stack" }] };
}
