import { inspect } from "./inspect.ts";
import type { Rule, RuleContext, RuleHit } from "./rule.ts";

/** What stands in the way of trusting these files; see `inspect` for what was left out. */
export async function checkRules(
	files: ReadonlyMap<string, string>,
	context: RuleContext,
	rules?: readonly Rule[],
): Promise<readonly RuleHit[]> {
	const { hits } = await inspect(files, context, rules ? { rules } : {});
	return hits;
}
