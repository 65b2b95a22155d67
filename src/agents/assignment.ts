// One piece of work for one agent: plain data, so that it can be journaled.
import type { Change } from "../reports/change.ts";
import type { SubmissionKind } from "../reports/submissions.ts";
import type { Role } from "../reports/workflow.ts";

export interface Assignment<K extends SubmissionKind = SubmissionKind> {
	readonly role: Role;
	/** Unique within the attempt, e.g. "data-sources"; part of the conversation's id. */
	readonly name: string;
	readonly phase: number;
	/** The submission that ends the conversation. */
	readonly submit: K;
	/** What to do, in our words; may quote untrusted material only inside fences. */
	readonly brief: string;
	/** A writer goes on from this change: it lies over the commit as if just edited. */
	readonly start?: Change;
	/** Names that each need an entry in the submission's items. */
	readonly mustName?: readonly string[];
	/** The commit to read: the top of the stack, as the lead knows it; else the run's base. */
	readonly at?: { readonly sha: string; readonly branch: string };
}
