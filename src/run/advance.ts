// The workflow's policy: what an event does to a run. Pure; the engine applies it
// in one transaction, so an event counts exactly once however often it arrives.
import type { Focus } from "../reports/findings.ts";
import { answerCommand } from "./answers.ts";
import { type Button, pressed } from "./buttons.ts";
import { type CiFailed, ciFailed, peoplePushed } from "./ci-failures.ts";
import type { Command } from "./commands.ts";
import { findingsSeen, pullPushed } from "./findings-seen.ts";
import type { GateRequest } from "./gate.ts";
import { end } from "./moves.ts";
import type { Step } from "./order.ts";
import type { Now } from "./outdated.ts";
import type { CollaboratorRole } from "./permissions.ts";
import { phaseDone, phaseFailed, phaseTold } from "./phase-end.ts";
import type { Heads } from "./pull-heads.ts";
import { followingAtRest, pullsSeen, stackFollowed } from "./pulls-seen.ts";
import {
	isReviewAtWork,
	reviewAnswered,
	reviewFailed,
	reviewGiven,
	takingUpReviews,
} from "./reviews.ts";
import type { Failure, NamedFinding, NamedRisk, Question, Run } from "./run.ts";
import { isLive } from "./run.ts";
import type { OpenedPull } from "./run-pulls.ts";
import {
	designOutdated,
	issueEdited,
	issueLocked,
	issueUnlocked,
	labelAdded,
	labelRemoved,
} from "./surroundings.ts";

export type Event =
	| PhaseDone
	| PhaseFailed
	| PhaseTold
	| CommandGiven
	| IssueEdited
	| DesignOutdated
	| PullsSeen
	| Pressed
	| PullPushed
	| FindingsSeen
	| StackFollowed
	| ReviewGiven
	| ReviewAnswered
	| CiFailed
	| TaskGone
	| (Happened & {
			readonly type:
				| "issue-closed"
				| "issue-locked"
				| "issue-unlocked"
				| "label-removed"
				| "label-added";
	  });

interface Happened {
	readonly by: string;
	readonly at: string;
}

export interface PhaseDone {
	readonly type: "phase-done";
	readonly phase: number;
	readonly attempt: number;
	readonly gate?: GateRequest;
	/** What people may name from now on. */
	readonly questions?: readonly Question[];
	readonly risks?: readonly NamedRisk[];
	readonly findings?: readonly NamedFinding[];
	/** Of the comment that asks. */
	readonly commentUrl?: string;
	/** Its comment is still to be written. */
	readonly tell?: boolean;
	readonly pull?: OpenedPull;
	readonly seconds: number;
	readonly usd: number;
	readonly at: string;
}

/** What became of the comment on a phase's result. */
export interface PhaseTold {
	readonly type: "phase-told";
	readonly phase: number;
	readonly attempt: number;
	readonly comment:
		| { readonly ok: true; readonly url: string }
		| { readonly ok: false; readonly reason: string };
}

export interface PhaseFailed {
	readonly type: "phase-failed";
	readonly phase: number;
	readonly attempt: number;
	readonly failure: Failure;
	readonly at: string;
}

export interface CommandGiven extends Happened {
	readonly type: "command";
	readonly command: Command;
	readonly role: CollaboratorRole;
	/** The comment, or the press of a button under its key. */
	readonly from: { readonly commentId: number } | { readonly press: string };
	readonly facts: {
		/** The comment that asks is older than the command and still as we posted it. */
		readonly askUnchanged: boolean;
		/** How the world stands; known where a design waits for its approval. */
		readonly now?: Now;
	};
}

/** The text as the model may read it. */
export interface IssueEdited extends Happened {
	readonly type: "issue-edited";
	readonly title: string;
	readonly body: string;
}

/** Found when phase 7 was about to start: the approved design is not of today. */
export interface DesignOutdated {
	readonly type: "design-outdated";
	readonly attempt: number;
	readonly now: Now;
	readonly at: string;
}

/** How the run's pull requests stand on GitHub. */
export interface PullsSeen {
	readonly type: "pulls-seen";
	/** Those that reached the default branch. */
	readonly merged: readonly number[];
	/** Those closed without a merge. */
	readonly closed: readonly number[];
	/** Those merged into another branch. */
	readonly elsewhere: readonly number[];
	/** The default branch's head, with what was merged. */
	readonly head: string;
	/** The commits that hold the merged ones, by number. */
	readonly commits?: Readonly<Record<number, string>>;
	/** Where the branches of the open ones stood, by number. */
	readonly heads?: Heads;
	readonly at: string;
}

/** The stack was brought onto what was merged of it. */
export interface StackFollowed {
	readonly type: "stack-followed";
	readonly heads: Heads;
	/** Those that conflict with what was merged below them. */
	readonly conflicts: readonly number[];
	/** Those whose branches were moved. */
	readonly moved: readonly number[];
	readonly at: string;
}

/** Somebody pressed a button under a review check. */
export interface Pressed extends Happened {
	readonly type: "pressed";
	readonly button: Button;
	readonly focus: Focus;
	readonly pull: number;
	readonly role: CollaboratorRole;
	/** Of this press alone. */
	readonly key: string;
}

/** People pushed to a branch of ours. */
export interface PullPushed {
	readonly type: "pull-pushed";
	readonly pull: number;
	readonly at: string;
}

/** Which findings' lines stand at the head of the pull request that shows them, and which do not. */
export interface FindingsSeen {
	readonly type: "findings-seen";
	readonly there: readonly string[];
	readonly gone: readonly string[];
	readonly head: string;
	readonly at: string;
}

/** Somebody asks for something on a pull request, by a review or by /revise. */
export interface ReviewGiven extends Happened {
	readonly type: "review-given";
	/** "review-7" or "comment-8": counted once, however often it is told. */
	readonly id: string;
	readonly pull: number;
	readonly role: CollaboratorRole;
}

export interface ReviewAnswered {
	readonly type: "review-answered";
	readonly phase: number;
	readonly attempt: number;
	/** The commit that was made for it, if any; the attempt's report tells of it. */
	readonly head?: string;
	readonly seconds: number;
	readonly usd: number;
	readonly at: string;
}

/** Deleted, transferred, or out of our reach: nothing can be said there any more. */
export interface TaskGone {
	readonly type: "task-gone";
	readonly why: string;
	readonly at: string;
}

export const advance = (run: Run, event: Event): Step =>
	takingUpReviews(followingAtRest(run, happen(run, event)));

function happen(run: Run, event: Event): Step {
	switch (event.type) {
		case "phase-done":
			return phaseDone(run, event);
		case "phase-failed":
			return isReviewAtWork(run, event)
				? reviewFailed(run, event)
				: phaseFailed(run, event);
		case "phase-told":
			return phaseTold(run, event);
		case "command":
			return answerCommand(run, event);
		case "issue-edited":
			return issueEdited(run, event);
		case "design-outdated":
			return designOutdated(run, event);
		case "pulls-seen":
			return pullsSeen(run, event);
		case "pressed":
			return pressed(run, event);
		case "pull-pushed":
			return pullPushed(peoplePushed(run, event.pull), event);
		case "findings-seen":
			return findingsSeen(run, event);
		case "stack-followed":
			return stackFollowed(run, event);
		case "review-given":
			return reviewGiven(run, event);
		case "review-answered":
			return reviewAnswered(run, event);
		case "ci-failed":
			return ciFailed(run, event);
		case "label-removed":
			return labelRemoved(run);
		case "label-added":
			return labelAdded(run, event.at);
		case "issue-locked":
			return issueLocked(run);
		case "issue-unlocked":
			return issueUnlocked(run, event.at);
		case "issue-closed":
			if (run.state === "delivered") return end(run, "closed", event.at);
			return isLive(run)
				? end(run, "cancelled", event.at)
				: { run, orders: [] };
		case "task-gone":
			return gone(run, event);
	}
}

/** Ends without a word: there is no place left to say one. */
function gone(run: Run, { why, at }: TaskGone): Step {
	if (!isLive(run) && run.state !== "delivered") return { run, orders: [] };
	const ended = end({ ...run, trouble: why }, "cancelled", at);
	return {
		run: ended.run,
		orders: ended.orders.filter((order) => order.do === "stop-phase"),
	};
}
