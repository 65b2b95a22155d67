import { type Code, readCode } from "./code.ts";
import type { Rule, RuleContext, RuleHit } from "./rule.ts";
import { RULES } from "./rules.ts";
import { standingOf } from "./standing.ts";

/**
 * All rules over all Python files outside of tests, in order of place. Files
 * that cannot be read in time are left out; must not throw.
 */
export async function checkRules(
	files: ReadonlyMap<string, string>,
	context: RuleContext,
	rules: readonly Rule[] = RULES,
): Promise<RuleHit[]> {
	const code = await readCode(files);
	return rules
		.flatMap((rule) => hitsOf(rule, code, context))
		.sort(
			(a, b) =>
				(a.path < b.path ? -1 : Number(a.path > b.path)) ||
				a.startLine - b.startLine,
		);
}

function hitsOf(rule: Rule, code: Code, context: RuleContext): RuleHit[] {
	const { tier, confidence } = standingOf(rule);
	return rule.check(code, context).map((place) => ({
		rule: rule.id,
		title: rule.title,
		tier,
		quote: code.quote(place),
		...place,
		severity: place.severity ?? rule.severity,
		confidence: Math.min(confidence, place.confidence ?? confidence),
	}));
}
