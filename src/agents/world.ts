// All that a conversation needs from outside, and what becomes of it.
import type { Model } from "../model/client.ts";
import type { ModelFailure } from "../model/faults.ts";
import type { Ledger } from "../model/ledger.ts";
import type { Log } from "../model/log.ts";
import type { Reports } from "../reports/reports.ts";
import type { Submission, SubmissionKind } from "../reports/submissions.ts";
import type { Run } from "../run/run.ts";
import type { Tree } from "../workspace/tree.ts";
import type { Journal } from "./journal.ts";
import type { Checks } from "./tools/run-checks.ts";

export interface World {
	readonly journal: Journal;
	readonly model: Model;
	/** Requests are limited per installation. */
	readonly installation: string;
	/** Unique for ever: the ledger books under it. */
	readonly conversation: string;
	/** What the tools show: the base in phases 1 to 6, the top of the stack later. */
	readonly tree: Tree;
	/** The run's base, where `tree` is another commit: agents then share its file list. */
	readonly base?: Tree;
	readonly run: Run;
	readonly before: Partial<Reports>;
	readonly ledger: Ledger;
	/** Further demands on a submission, as faults in words; empty when it may pass. */
	readonly verify?: (
		kind: SubmissionKind,
		submission: unknown,
	) => Promise<string[]>;
	/** Where a writer's change may be tried; without it nothing is run. */
	readonly checks?: Checks;
	/** The operator lets a repository replace what its agents are told. */
	readonly allowRepositoryAgents?: boolean;
	readonly log: Log;
}

export type Outcome<K extends SubmissionKind> = Spent &
	(
		| { readonly ok: true; readonly submission: Submission<K> }
		| { readonly ok: false; readonly failure: ModelFailure }
	);

export interface Spent {
	readonly turns: number;
	readonly usd: number;
}
