// What a phase is, and what the lead of a phase can do. Phases say WHAT happens;
// how it is made durable, published and executed is the business of other floors.
import type { Assignment } from "../agents/assignment.ts";
import type { Checked } from "../ml/rules/apart/check-apart.ts";
import type { Change, PullRef, TestRun } from "../reports/change.ts";
import type { Conformity, SmokeRun } from "../reports/conformity.ts";
import type { DataProfile, Excerpt } from "../reports/data.ts";
import type { EvaluationContract } from "../reports/evaluation-plan.ts";
import type { KeyFile } from "../reports/fields.ts";
import type { Finding, ReviewToShow } from "../reports/findings.ts";
import type { ReportName, Reports } from "../reports/reports.ts";
import type { Capsule } from "../reports/requirements.ts";
import type { EvaluationResult, SummaryReport } from "../reports/results.ts";
import type { Submission, SubmissionKind } from "../reports/submissions.ts";
import { metaPhaseOf, phaseName } from "../reports/workflow.ts";
import type { CostForecast } from "../run/forecast.ts";
import type { Decision, GateRequest } from "../run/gate.ts";
import type { NamedFinding, NamedRisk, Question, Run } from "../run/run.ts";
import type { PhaseView } from "../views/phase-view.ts";

/** Everything a phase may look at when it asks for a person or shows itself. */
export interface About {
	readonly run: Run;
	/** Reports of earlier phases; reading one that does not exist throws. */
	readonly before: Reports;
}

export interface Lead extends About {
	/** What the newest earlier attempt of this phase reported, by the report's name. */
	readonly earlier: Partial<Reports>;
	readonly agents: Agents;
	readonly code: Code;
	readonly pulls: Pulls;
	readonly lab: Lab;
	/** What building and judging will probably cost, and what is left for it; undefined where nothing tells. */
	forecast(): Promise<(CostForecast & { leftUsd: number }) | undefined>;
}

/** Conversations with the model. A failed agent ends the attempt, not the run. */
export interface Agents {
	one<K extends SubmissionKind>(task: Assignment<K>): Promise<Submission<K>>;
	/** Side by side; the answers come back in the order asked. */
	inParallel<K extends SubmissionKind>(
		...tasks: Assignment<K>[]
	): Promise<Submission<K>[]>;
}

/** The repository as it stands for this phase: the base in 1-6, from 7 on the top of the stack or what became of it on the default branch. */
export interface Code {
	/** The capsule of this name; a broken or missing one ends the attempt, saying what to correct. */
	capsule(slug: string): Promise<Capsule>;
	/** The key files' ranges, with line numbers; each is bounded, and so are all together. */
	excerpts(keyFiles: readonly KeyFile[]): Promise<ReadExcerpt[]>;
	/** Tables of the repository, counted by our own code. */
	profiles(): Promise<DataProfile[]>;
	/** What the deterministic rules say of all Python files. */
	checked(): Promise<Checked>;
}

export interface ReadExcerpt extends Excerpt {
	/** Each line with its number in front. */
	readonly text: string;
	/** It stands in every agent's prompt, so it is not repeated here. */
	readonly packed?: boolean;
}

/** A line range of the repository at the top of the stack. */
export interface Place {
	readonly path: string;
	readonly startLine: number;
	readonly endLine: number;
}

export interface Pulls {
	/**
	 * Opens the draft pull request of this phase on top of the stack; asked again
	 * for the same slug, or with its branch, the change becomes one more commit
	 * on it.
	 */
	open(request: {
		slug: string;
		branch?: string;
		/** How many there are by now, and whether it is the one that closes the issue. */
		place?: { of: number; closesIssue: boolean };
		change: Change;
		tests: TestRun;
		/** What was found about it before, as its body tells. */
		conformity?: Conformity;
		/** Files of our own making that go into the same commit. */
		documents?: readonly NewFile[];
	}): Promise<PullRef>;
	/** Every file the stack touches, by path, and whether this run made it. */
	files(): Promise<{ path: string; isNew: boolean }[]>;
	/** The pull requests of this run, bottom first. */
	stack(): readonly PullRef[];
	/** Where the quote stands among the lines the stack adds, and how it reads there; undefined if nowhere or twice. */
	placeInDiff(
		path: string,
		quote: string,
	): Promise<(Place & { pull: number; text: string }) | undefined>;
	/** The lines of a place at its pull request's head, with some around it. */
	linesAround(
		place: Place & { pull: number },
		around: number,
	): Promise<readonly { number: number; text: string; added: boolean }[]>;
	/** The pull request that added this line of the top, with the line's number there; undefined when it was there before. */
	introducedBy(
		path: string,
		line: number,
	): Promise<{ pull: number; line: number } | undefined>;
	/** One review check run per focus on the head of every open pull request, the evaluation's on the top one. */
	postChecks(checks: {
		review?: ReviewToShow;
		evaluation?: EvaluationResult;
	}): Promise<void>;
	/** One review on each open pull request with line comments on these findings, where their lines lie in its diff. */
	remark(findings: readonly Finding[]): Promise<void>;
	/** Adds files of our own to the top pull request; where all are merged, in one of its own. */
	addFiles(
		files: readonly NewFile[],
		message: string,
	): Promise<{ commit: string; opened?: SummaryReport["opened"] }>;
	/** Takes the stack out of draft; what stays a draft is said, one line each. */
	markReady(): Promise<string[]>;
}

export interface NewFile {
	readonly path: string;
	readonly content: string;
}

/** Runs the repository's code in the safest runner that works here. */
export interface Lab {
	/** The repository's unit tests with this change applied; without one, as it stands. */
	runTests(change?: Change): Promise<TestRun>;
	/** The files a change leaves otherwise than they were, whole. */
	filesOf(change: Change): Promise<readonly NewFile[]>;
	/**
	 * Trains and predicts with this change applied, on a few training rows of
	 * the contract's table: whether data flows from one end to the other.
	 */
	smokeRun(contract: EvaluationContract, change?: Change): Promise<SmokeRun>;
	evaluate(contract: EvaluationContract): Promise<EvaluationResult>;
	/** Held-out rows and smallest visible difference for a contract, before anything is built. */
	forecast(contract: EvaluationContract): Promise<{
		faults: string[];
		dataDigest?: string;
		heldOutRows?: number;
		minimumDetectableEffect?: number;
	}>;
}

/** Questions that /answer names by number, risks and findings that /risk and /dismiss name by id. */
export interface Register {
	readonly questions?: readonly Question[];
	readonly risks?: readonly NamedRisk[];
	readonly findings?: readonly NamedFinding[];
}

export interface Phase<N extends ReportName = ReportName> {
	readonly number: number;
	readonly name: string;
	readonly metaPhase: string;
	readonly goal: string;
	readonly report: N;
	perform(lead: Lead): Promise<Reports[N]>;
	/** What people can name in commands once this report stands. */
	register?(report: Reports[N]): Register;
	/** What a person has to decide before the next phase, if anything. */
	gate?(report: Reports[N], about: About): GateRequest | undefined;
	/** Sets in motion what the gate's answer asks for; gives the report that then holds. */
	resolve?(
		lead: Lead,
		report: Reports[N],
		decision: Decision,
	): Promise<Reports[N]>;
	view(report: Reports[N], about: About): PhaseView;
}

type Definition<N extends ReportName> = Omit<Phase<N>, "name" | "metaPhase">;

export function definePhase<N extends ReportName>(
	phase: Definition<N>,
): Phase<N> {
	return {
		...phase,
		name: phaseName(phase.number),
		metaPhase: metaPhaseOf(phase.number),
	};
}
