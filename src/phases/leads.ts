// What the rules have seen but may not post, because nobody has counted how often
// they are right: an agent looks into it, and reports what it finds true.
import { fence } from "../agents/prompt/untrusted.ts";
import { gravestFirst } from "../ml/findings.ts";
import type { RuleHit } from "../ml/rules/rule.ts";
import { POSTING_CONFIDENCE } from "../reports/findings.ts";

const MOST_LEADS = 10;

/** The end of a brief; empty where the rules have no lead. */
export function leadsOf(hits: readonly RuleHit[]): string {
	const leads = hits
		.filter(({ confidence }) => confidence < POSTING_CONFIDENCE)
		.sort(gravestFirst)
		.slice(0, MOST_LEADS)
		.map(
			({ rule, title, path, startLine }) =>
				`${path}:${startLine} ${title} (${rule})`,
		);
	if (leads.length === 0) return "";
	return `
Our rules are not sure of these places. Look at each; report it only if you find it true:
${fence("report", 'name="leads"', leads.join("\n"))}`;
}
