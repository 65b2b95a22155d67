// The contract of a rule: what it looks for, why it matters, and how it looks at code.
import type { Severity } from "../../reports/workflow.ts";
import type { CodePlace } from "../python/flow/flow.ts";
import type { CellPlace, Code } from "./code.ts";
import type { Replacement } from "./replacement.ts";

export interface Rule {
	/** E.g. "LEAK02". */
	readonly id: string;
	/** What is wrong, in one line without a full stop. */
	readonly title: string;
	readonly severity: Severity;
	/**
	 * How sure one hit is, 0 to 100, as long as nobody has counted: the places'
	 * own may only be lower. From 16 verdicts on the count replaces it; see
	 * standing.ts.
	 */
	readonly confidence: number;
	/**
	 * True when the syntax itself is the fault, so that a hit cannot be wrong
	 * about what the code does: such a rule may post uncounted, labelled so.
	 */
	readonly byConstruction?: boolean;
	/** Posts uncounted until its count is in; for the one rule that did so before there were counts. */
	readonly interim?: boolean;
	/** Why it matters, with the measured effect and its source, in Markdown. */
	readonly why: string;
	/** Where to read on. */
	readonly references: readonly string[];
	/** Short twins for the documentation: the rule finds the one and not the other. */
	readonly bad: string;
	readonly good: string;
	/** The places where the pattern holds and no guard does; must not throw. */
	check(code: Code, context: RuleContext): Place[];
}

export interface RuleContext {
	/** Columns known to be the label, from the data profiles or the contract. */
	readonly labels: readonly string[];
}

/** What a rule says of one place. */
export interface Place extends CodePlace {
	/** What is wrong and what follows from it, in plain words. */
	readonly message: string;
	/** What to do instead, in plain words. */
	readonly suggestion: string;
	/** The lines that do it, where that is mechanical. */
	readonly fix?: Fix;
	/** Where this place is graver, or less grave, than the rule. */
	readonly severity?: Severity;
	/** Where this place is less sure than the rule. */
	readonly confidence?: number;
}

/** All edits belong together; none overlaps another. */
export type Fix = readonly Edit[];

/** Whole lines of one file; `endLine` one below `startLine` inserts before that line. */
export interface Edit extends CodePlace {
	/** What stands there instead, without a line break at its end; undefined removes the lines. */
	readonly lines: string | undefined;
}

/** A place signed by its rule. */
export interface RuleHit extends Omit<Place, "severity" | "confidence"> {
	readonly rule: string;
	readonly title: string;
	readonly severity: Severity;
	readonly confidence: number;
	readonly tier: Tier;
	/** The text of the place, as it stands in the file. */
	readonly quote: string;
	/** The fix in one piece, where it is one. */
	readonly replacement?: Replacement;
	/** In a notebook, where the place begins. */
	readonly cell?: CellPlace;
}

/**
 * "measured": the confidence is counted on code of others; "by construction":
 * the syntax is the fault; "interim": posts although uncounted; "unmeasured":
 * a lead for reviewers, never posted.
 */
export type Tier = "measured" | "by construction" | "interim" | "unmeasured";
