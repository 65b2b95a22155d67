import { traceFlow } from "../python/flow/trace.ts";
import { readRepository } from "../python/repository.ts";
import type { RuleContext, RuleHit } from "./rule.ts";
import { RULES } from "./rules.ts";

/**
 * All rules over all Python files outside of tests, in order of place. Files
 * that cannot be read in time are left out; must not throw.
 */
export async function checkRules(
	files: ReadonlyMap<string, string>,
	context: RuleContext,
): Promise<RuleHit[]> {
	const flow = traceFlow(await readRepository(files));
	return RULES.flatMap((rule) =>
		rule.check(flow, context).map((place) => ({
			rule: rule.id,
			title: rule.title,
			severity: rule.severity,
			confidence: rule.confidence,
			quote: flow.quote(place),
			...place,
		})),
	).sort(
		(a, b) =>
			(a.path < b.path ? -1 : Number(a.path > b.path)) ||
			a.startLine - b.startLine,
	);
}
