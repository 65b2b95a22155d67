// The repository's own CI failed on a pull request of ours: one piece of work
// like a review, once for each head.

import { nothing } from "./moves.ts";
import type { Step } from "./order.ts";
import { ciHead, ciId } from "./review-ids.ts";
import { refuse, whyNot } from "./reviews.ts";
import type { Run } from "./run.ts";
import type { AskedReview } from "./run-pulls.ts";

/** Repairs of one pull request without anybody else's commit between. */
export const CI_REPAIRS_IN_A_ROW = 2;

/** All checks of an app have ended on the head that a pull request has now. */
export interface CiFailed {
	readonly type: "ci-failed";
	readonly pull: number;
	readonly head: string;
	/** The app whose checks failed. */
	readonly app: string;
	readonly at: string;
}

export function ciFailed(run: Run, { pull, head, app: by }: CiFailed): Step {
	const id = ciId(head);
	const opened = run.done.find((done) => done.pull?.number === pull);
	const known = run.reviews?.some((review) => review.id === id);
	if (!opened || known || whyNot(run, pull)) return nothing(run);
	const { phase } = opened;
	const left = repairsOf(run, pull) < CI_REPAIRS_IN_A_ROW;
	const review: AskedReview = {
		...{ id, pull, phase, by },
		state: left ? "waiting" : "failed",
	};
	return {
		run: { ...run, reviews: [...(run.reviews ?? []), review] },
		orders: left ? [] : [refuse(review, LEFT_TO_PEOPLE)],
	};
}

/** What moved the branch meanwhile, other than people, does not begin a new row. */
const repairsOf = ({ reviews = [] }: Run, pull: number): number =>
	reviews.filter((one) => ciHead(one) && one.pull === pull && one.made).length;

/** Somebody's commit: the row of repairs has ended. */
export const peoplePushed = (run: Run, pull: number): Run =>
	repairsOf(run, pull) === 0
		? run
		: {
				...run,
				reviews: (run.reviews ?? []).map((one) => {
					const { made: _, ...before } = one;
					return one.pull === pull ? before : one;
				}),
			};

const LEFT_TO_PEOPLE = `CI fails here again, after ${CI_REPAIRS_IN_A_ROW} repairs of mine without a commit of anybody else, so I leave it to people. Push a commit, or say what to do: \`/revise <what to change>\` here.`;
