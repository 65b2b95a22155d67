// A run: one passage of a task through the twelve phases. Plain data; what
// happens to it is decided in advance.ts alone.
import type { Focus } from "../reports/findings.ts";
import type { Approach, Severity } from "../reports/workflow.ts";
import type { Exceeded, Limits } from "./budget.ts";
import type { Config } from "./config.ts";
import type { Approval, Decision, OpenGate } from "./gate.ts";
import type {
	AskedReview,
	MergedPull,
	OpenedPull,
	Stuck,
} from "./run-pulls.ts";

export type RunState =
	| "working"
	| "waiting"
	| "paused"
	| "delivered"
	| "closed"
	| "cancelled"
	| "failed";

export interface RepositoryRef {
	readonly id: number;
	readonly owner: string;
	readonly name: string;
	readonly private: boolean;
	/** The repository's page, as GitHub names it; links are built from it. */
	readonly htmlUrl: string;
	readonly installationId: number;
}

export interface Issue {
	readonly number: number;
	readonly title: string;
	readonly body: string;
	readonly author: string;
}

export interface Run {
	/** `<repository id>/<issue>/<run number>` */
	readonly id: string;
	readonly repository: RepositoryRef;
	/** The issue as it stood at the trigger. */
	readonly issue: Issue;
	readonly requestedBy: string;
	/** GitHub's number of that account. */
	readonly requesterId?: number;
	readonly base: { readonly branch: string; readonly sha: string };
	readonly config: Config;
	readonly state: RunState;
	/** The phase at work, or the last one that worked. */
	readonly phase: number;
	/** Counts executions of `phase`, from 1. */
	readonly attempt: number;
	/** Highest attempt number used so far, by phase: a redone phase counts on. */
	readonly attempts: Readonly<Record<number, number>>;
	readonly gate?: OpenGate;
	/** The answer the attempt at work acts on, where it does not start over. */
	readonly resolving?: Decision;
	/** The first of the attempts whose answered turns the one at work takes over. */
	readonly answersSince?: number;
	/** Phases done, in the order of their numbers. */
	readonly done: readonly DonePhase[];
	readonly decisions: readonly Decision[];
	/** What people asked with /answer and /revise, oldest first. */
	readonly notes: readonly Note[];
	/** What phase 1 asked; /answer names one by its number. */
	readonly questions: readonly Question[];
	/** What phase 3 registered; /risk names one by its id. */
	readonly risks: readonly NamedRisk[];
	/** The newest ruling on a risk counts. */
	readonly rulings: readonly Ruling[];
	/** What phase 10 found and has not fixed; /dismiss names one by its id. */
	readonly findings?: readonly NamedFinding[];
	/** Findings that people let stand for good. */
	readonly dismissals?: readonly Dismissal[];
	/** Findings whose lines people changed. */
	readonly resolutions?: readonly Resolution[];
	/** What changed under the design since its phases ran; shown with it, bound by its digest. */
	readonly changes: readonly Changed[];
	/** The approach somebody chose; absent: the recommended one. */
	readonly choice?: Approach;
	/** Set by /approve; phases 7 to 12 run only with it. */
	readonly approval?: Approval;
	/** What people asked for on its pull requests, oldest first. */
	readonly reviews?: readonly AskedReview[];
	/** Pull requests of this run that reached the default branch. */
	readonly merges?: readonly MergedPull[];
	/** Where the default branch stood when the newest of them did: building goes on from there. */
	readonly ground?: string;
	/** Pull requests of a stack that cannot follow what was merged. */
	readonly stuck?: readonly Stuck[];
	readonly budgetUsd: number;
	/** What one phase and one agent may spend of it, where that is limited. */
	readonly shares?: Omit<Limits, "run">;
	readonly startedAt: string;
	readonly endedAt?: string;
	/** Why the run stands still, for people. */
	readonly trouble?: string;
	/** What paused the run, where that was no command; its opposite lets it go on. */
	readonly pausedBy?: "label" | "lock";
}

export interface DonePhase {
	readonly phase: number;
	readonly attempt: number;
	readonly commentUrl?: string;
	/** Why GitHub would not take its comment. */
	readonly untold?: string;
	/** The pull request it opened. */
	readonly pull?: OpenedPull;
	/** The attempt whose report holds since a review had its pull request changed. */
	readonly revised?: number;
	readonly seconds: number;
	readonly usd: number;
}

export interface Question {
	/** 1, 2, … as people see it. */
	readonly number: number;
	readonly question: string;
	/** No reading is safe without an answer. */
	readonly blocking: boolean;
	readonly safeReading: string;
}

export interface NamedRisk {
	/** R1, R2, … */
	readonly id: string;
	readonly title: string;
	readonly severity: Severity;
}

export const RULINGS = ["accept", "modify", "block"] as const;

/** What a person decided about a risk: live with it, change the design, or go no further. */
export interface Ruling {
	readonly risk: string;
	readonly ruling: (typeof RULINGS)[number];
	readonly by: string;
	readonly at: string;
	readonly reason?: string;
}

export interface NamedFinding {
	/** F1, F2, … */
	readonly id: string;
	/** Stays the same while the code that is meant does. */
	readonly fingerprint: string;
	readonly focus: Focus;
	/** Number of the pull request that shows it. */
	readonly pull: number;
}

interface Settled {
	/** F1, F2, … as it was called then. */
	readonly finding: string;
	readonly fingerprint: string;
	readonly at: string;
}

export interface Dismissal extends Settled {
	readonly by: string;
	readonly reason: string;
}

export interface Resolution extends Settled {
	/** The head commit at which it was first seen to be gone. */
	readonly head: string;
}

export interface Changed {
	readonly what: "issue" | "configuration" | "base branch";
	/** Lines that begin with - or +, or one sentence. */
	readonly difference: string;
	readonly by?: string;
	readonly at: string;
}

export interface Note {
	readonly phase: number;
	readonly by: string;
	readonly text: string;
	/** For /answer 2 …: the number of the question. */
	readonly question?: number;
}

/** Why an attempt ended without a report. `kind` decides what can be done about it. */
export interface Failure {
	readonly kind:
		| "refusal"
		| "budget"
		| "authentication"
		| "overloaded"
		| "invalid submission"
		| "context overflow"
		| "repository"
		| "publishing"
		| "crashed"
		| "internal";
	/** One or two sentences for people: what happened, what is kept. No secrets. */
	readonly message: string;
	/** Of a failure of kind "budget": which limit, and by how much. */
	readonly exceeded?: Exceeded;
}

/** No phase is at work, nor will be without a further event. */
export const isAtRest = ({ state, gate }: Run) =>
	state === "delivered" ||
	(gate !== undefined && (state === "waiting" || state === "paused"));

export const isLive = (run: Run) =>
	run.state === "working" || run.state === "waiting" || run.state === "paused";
