// The documentation of the rules, from the rules themselves. Pure.
import { table } from "../../views/table.ts";
import type { Rule } from "./rule.ts";
import { RULES } from "./rules.ts";
import { type Standing, standingOf } from "./standing.ts";

const DO_NOT_EDIT =
	"<!-- Written by `node scripts/write-rule-docs.ts` from src/ml/rules; change it there. -->";

/** File name below docs/rules to text. */
export function ruleDocuments(): Map<string, string> {
	return new Map([
		["README.md", index()],
		...RULES.map((rule) => [`${rule.id}.md`, pageOf(rule)] as const),
	]);
}

function index(): string {
	const rows = RULES.map((rule) => [
		`[${rule.id}](${rule.id}.md)`,
		rule.title,
		rule.severity,
		shortly(standingOf(rule)),
	]);
	return `${[
		DO_NOT_EDIT,
		"# Rules",
		"What `modelwright check` and the reviews of a run look for; [checking.md](../checking.md) says how to use them, and what the tiers mean.",
		table(["rule", "what it finds", "severity", "how sure"], rows),
	].join("\n\n")}\n`;
}

function pageOf(rule: Rule): string {
	const { id, title, severity, why, bad, good, references } = rule;
	return `${[
		DO_NOT_EDIT,
		`# ${id}: ${title}`,
		`Severity ${severity}. ${atLength(standingOf(rule))}`,
		`## Why it matters\n\n${why}`,
		`## Found\n\n${python(bad)}`,
		`## Not found\n\n${python(good)}`,
		`## Living with it\n\nWhere it is right as it stands, say why, on the line or alone on the line above:\n\n${python(`# modelwright: ignore[${id}] the reason`)}`,
		...(references.length
			? [`## Read on\n\n${references.map((one) => `- ${one}`).join("\n")}`]
			: []),
	].join("\n\n")}\n`;
}

const python = (code: string) => `\`\`\`python\n${code.trim()}\n\`\`\``;

const shortly = ({ tier, confidence, n }: Standing) =>
	tier === "measured" ? `${confidence} %, of ${n} hits` : tier;

function atLength({ tier, confidence, n, right }: Standing): string {
	const counted = n
		? `${right} of ${n} hits in public code that people have read were right`
		: "no hit in public code was read yet";
	switch (tier) {
		case "measured":
			return `${counted}: at least ${confidence} % are (Wilson, 95 %).`;
		case "by construction":
			return `The line itself is the fault, so it may be posted uncounted; ${counted}.`;
		case "interim":
			return `It is posted although ${counted}; a count is to replace its ${confidence} %.`;
		case "unmeasured":
			return `A lead for reviewers, never posted: ${counted}, and 16 are needed.`;
	}
}
