// What a repository's configuration has decided to live with.
import { globMatcher } from "../../run/glob-match.ts";
import type { RuleHit } from "./rule.ts";
import type { Suppressed } from "./suppressions.ts";

export interface Waiver {
	readonly rule: string;
	/** Globs; none mean all files. */
	readonly paths: readonly string[];
	readonly reason: string;
}

export function waive(
	hits: readonly RuleHit[],
	waivers: readonly Waiver[],
): { hits: RuleHit[]; waived: Suppressed[] } {
	const compiled = waivers.map((waiver) => ({
		...waiver,
		matchers: waiver.paths.map((glob) => globMatcher(glob, { below: true })),
	}));
	const kept: RuleHit[] = [];
	const waived: Suppressed[] = [];
	for (const hit of hits) {
		const waiver = compiled.find(
			({ rule, matchers }) =>
				rule === hit.rule &&
				(matchers.length === 0 ||
					matchers.some((it) => it.ok && it.matches(hit.path))),
		);
		if (waiver)
			waived.push({ hit, reason: waiver.reason, by: "configuration" });
		else kept.push(hit);
	}
	return { hits: kept, waived };
}
