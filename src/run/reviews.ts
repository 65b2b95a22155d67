// What people ask for on pull requests of a run: each review is one piece of
// work, counted once, taken up when nothing else of the run is at work.
import type { PhaseFailed, ReviewAnswered, ReviewGiven } from "./advance.ts";
import { isMerged } from "./awaited-pulls.ts";
import { nothing } from "./moves.ts";
import type { Order, Step } from "./order.ts";
import { accessOf, mayCommand } from "./permissions.ts";
import { ciHead, commentOf } from "./review-ids.ts";
import { isLive, type Run } from "./run.ts";
import type { AskedReview } from "./run-pulls.ts";

export function reviewGiven(run: Run, given: ReviewGiven): Step {
	const { id, pull, by, role } = given;
	if (run.reviews?.some((known) => known.id === id)) return nothing(run);
	const opened = run.done.find((done) => done.pull?.number === pull);
	if (!opened) return nothing(run);
	if (!mayCommand(role, "revise"))
		// Whoever reviews without being asked to steer is not told off for it.
		return commentOf(id)
			? { run, orders: [refuse(given, needsWrite(given))] }
			: nothing(run);
	const { phase } = opened;
	const review: AskedReview = { ...{ id, pull, phase, by }, state: "waiting" };
	const why = whyNot(run, pull);
	const state = why ? "failed" : "waiting";
	return {
		run: { ...run, reviews: [...(run.reviews ?? []), { ...review, state }] },
		orders: why ? [refuse(given, why)] : [],
	};
}

/** Whatever happened, the next review may have its turn now. */
export function takingUpReviews(step: Step): Step {
	const { run, orders } = step;
	const { reviews = [] } = run;
	const next = reviews.find(({ state }) => state === "waiting");
	if (!next || reviews.some(({ state }) => state === "working")) return step;
	const why = whyNot(run, next.pull);
	if (why)
		return takingUpReviews({
			run: settle(run, next, { state: "failed" }),
			// Of CI nobody is told what they did not ask for.
			orders: ciHead(next) ? orders : [...orders, refuse(next, why)],
		});
	if (run.state !== "delivered" && run.state !== "waiting") return step;
	const { id: review, phase } = next;
	const attempt = (run.attempts[phase] ?? 0) + 1;
	return {
		run: {
			...settle(run, next, { state: "working", attempt }),
			attempts: { ...run.attempts, [phase]: attempt },
		},
		orders: [...orders, { do: "answer-review", review, phase, attempt }],
	};
}

const atWork = (run: Run, key: { phase: number; attempt: number }) =>
	run.reviews?.find(
		({ state, phase, attempt }) =>
			state === "working" && phase === key.phase && attempt === key.attempt,
	);

export const isReviewAtWork = (
	run: Run,
	key: { phase: number; attempt: number },
): boolean => atWork(run, key) !== undefined;

/** From now on the phase's report is this attempt's, with the new head. */
export function reviewAnswered(run: Run, answered: ReviewAnswered): Step {
	const review = atWork(run, answered);
	if (!review) return nothing(run);
	const { attempt, head, seconds, usd } = answered;
	const made = head ? { made: head } : {};
	const told = settle(run, review, { state: "answered", ...made });
	const done = told.done.map((one) =>
		head && one.pull?.number === review.pull
			? {
					...one,
					pull: { ...one.pull, head },
					revised: attempt,
					seconds: one.seconds + seconds,
					usd: one.usd + usd,
				}
			: one,
	);
	const orders: Order[] = [{ do: "show-status" }];
	// What rests on it takes the commit over, and its head has no checks yet.
	if (head) orders.unshift({ do: "follow-stack" });
	if (head && run.findings)
		orders.unshift({ do: "show-findings", pulls: [review.pull] });
	return { run: { ...told, done }, orders };
}

export function reviewFailed(run: Run, { failure, ...key }: PhaseFailed): Step {
	const review = atWork(run, key);
	if (!review) return nothing(run);
	const again =
		failure.kind === "budget"
			? `\`/budget <usd>\` on #${run.issue.number} sets another limit; after that`
			: "To have me try again,";
	return {
		run: settle(run, review, { state: "failed" }),
		orders: [
			refuse(
				review,
				`I could not take this up: ${failure.message} ${again} comment \`/revise <what to change>\` here.`,
			),
			{ do: "show-status" },
		],
	};
}

const settle = (
	run: Run,
	review: AskedReview,
	change: Partial<AskedReview>,
): Run => ({
	...run,
	reviews: (run.reviews ?? []).map((one) =>
		one.id === review.id ? { ...one, ...change } : one,
	),
});

/** Why nothing can be done on this pull request any more; undefined when it can. */
export function whyNot(run: Run, pull: number): string | undefined {
	const task = `#${run.issue.number}`;
	if (isMerged(run, { number: pull }))
		return `This pull request is merged. A new run of ${task} can change what it brought.`;
	if (!isLive(run) && run.state !== "delivered")
		return `The run of ${task} is ${run.state}, so I change nothing here any more. A new run can take it up.`;
	if (!run.done.some((done) => done.pull?.number === pull))
		return `What this pull request brings is being made anew on ${task}; say there what should be otherwise.`;
	return undefined;
}

const needsWrite = ({ by, role }: ReviewGiven) =>
	`\`${by}\` has ${accessOf(role)}; /revise needs write.`;

export const refuse = (
	{ id: review, pull, by }: Pick<AskedReview, "id" | "pull" | "by">,
	reply: string,
): Order => ({ do: "reply-on-pull", review, pull, by, reply });
