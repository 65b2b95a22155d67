// The contract of a rule: what it is, how sure it is, and how it looks at code.
import type { Severity } from "../../reports/workflow.ts";
import type { Flow } from "../python/flow/flow.ts";

/** One place in the repository where a rule's pattern holds and no guard does. */
export interface RuleHit {
	/** The rule's id, e.g. "LEAK02". */
	readonly rule: string;
	readonly title: string;
	readonly severity: Severity;
	/** 0 to 100; see the rule's `tier` for where it comes from. */
	readonly confidence: number;
	readonly path: string;
	/** 1-based, both included. */
	readonly startLine: number;
	readonly endLine: number;
	/** The text of these lines, as it stands in the file. */
	readonly quote: string;
	/** What is wrong and what follows from it, in plain words. */
	readonly message: string;
	/** What to do instead, in plain words. */
	readonly suggestion: string;
}

export interface RuleContext {
	/** Columns known to be the label, from the data profiles or the contract. */
	readonly labels: readonly string[];
}

export interface Rule {
	readonly id: string;
	readonly title: string;
	readonly severity: Severity;
	readonly confidence: number;
	/** "measured": the confidence stands on counted true and false hits; "prior": it does not yet. */
	readonly tier: "measured" | "prior";
	/** What the repository's data flow shows; must not throw. */
	check(flow: Flow, context: RuleContext): Place[];
}

/** A hit before its rule has signed it. */
export type Place = Pick<
	RuleHit,
	"path" | "startLine" | "endLine" | "message" | "suggestion"
>;
