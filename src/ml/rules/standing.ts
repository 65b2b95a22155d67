// How sure a rule's hits are, and where that comes from.
import { POSTING_CONFIDENCE } from "../../reports/findings.ts";
import type { Rule, Tier } from "./rule.ts";
import { verdictsOf } from "./verdicts.ts";

/** Fewer counted hits say too little. */
const ENOUGH = 16;
/** A lead may be a good one; it still is not posted. */
const HIGHEST_LEAD = POSTING_CONFIDENCE - 1;

export interface Standing {
	readonly tier: Tier;
	readonly confidence: number;
	/** Hits on code of others that somebody has read, and how many were right. */
	readonly n: number;
	readonly right: number;
}

export function standingOf(rule: Rule): Standing {
	const verdicts = verdictsOf(rule.id);
	const n = verdicts.length;
	const right = verdicts.filter(({ verdict }) => verdict === "right").length;
	const counted = { n, right };
	if (n >= ENOUGH)
		return { ...counted, tier: "measured", confidence: wilson(right, n) };
	const { confidence } = rule;
	if (rule.byConstruction)
		return { ...counted, tier: "by construction", confidence };
	if (rule.interim) return { ...counted, tier: "interim", confidence };
	return {
		...counted,
		tier: "unmeasured",
		confidence: Math.min(confidence, HIGHEST_LEAD),
	};
}

/** The lower bound of the share's 95 % interval after Wilson, in percent. */
export function wilson(right: number, n: number): number {
	const z2 = 1.96 ** 2;
	const share = right / n;
	const spread = Math.sqrt((share * (1 - share) + z2 / (4 * n)) / n);
	const bound = (share + z2 / (2 * n) - 1.96 * spread) / (1 + z2 / n);
	return Math.round(100 * bound);
}
