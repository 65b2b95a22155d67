// The risk register of phase 3: rules first, then the data's own numbers, then agents.
import type { DataProfile } from "../reports/data.ts";
import { POSTING_CONFIDENCE } from "../reports/findings.ts";
import type { Risk, RiskAssessment } from "../reports/risks.ts";
import { SEVERITIES } from "../reports/workflow.ts";
import { plural } from "../views/numbers.ts";
import type { RuleHit } from "./rules/rule.ts";

type Draft = Omit<Risk, "id">;

export interface RiskSources {
	readonly ruleHits: readonly RuleHit[];
	readonly profiles: readonly DataProfile[];
	readonly named: readonly {
		readonly source: string;
		readonly risks: RiskAssessment["risks"];
	}[];
}

/** Share of missing values above which a column is worth a line. */
const MUCH_MISSING = 0.2;
const MOST_NAMED = 5;
/** Share of the rarest class below which accuracy misleads. */
const RARE_CLASS = 0.25;

/**
 * All risks, most severe first, numbered R1, R2, …; one per rule, and of what
 * agents name one per place and class. The design answers each.
 */
export function compileRisks(sources: RiskSources): Risk[] {
	const sure = sources.ruleHits.filter(
		({ confidence }) => confidence >= POSTING_CONFIDENCE,
	);
	const byRule = Map.groupBy(sure, ({ rule }) => rule);
	const seen = new Set(sure.map((hit) => keyOf(fromRule([hit]))));
	const distinct = sources.named
		.flatMap(({ source, risks }) =>
			risks.map((risk) => fromAgent(source, risk)),
		)
		.filter((risk) => !seen.has(keyOf(risk)) && seen.add(keyOf(risk)));
	const drafts = [
		...[...byRule.values()].map(fromRule),
		...sources.profiles.flatMap(fromProfile),
		...distinct,
	];
	const rank = ({ severity }: Draft) => SEVERITIES.indexOf(severity);
	return drafts
		.sort((a, b) => rank(a) - rank(b))
		.map((risk, i) => ({ id: `R${i + 1}`, ...risk }));
}

const keyOf = (risk: Draft) =>
	`${risk.class}|${risk.path}|${risk.line ?? risk.title}`;

/** All hits of one rule, at the place of the first. */
function fromRule(hits: readonly RuleHit[]): Draft {
	const [hit] = hits as [RuleHit];
	const files = new Set(hits.map(({ path }) => path)).size;
	const places =
		hits.length > 1
			? ` (${hits.length} places in ${plural(files, "file")})`
			: "";
	return {
		title: `${hit.title}${places}`,
		severity: hit.severity,
		source: hit.rule,
		tier: hit.tier,
		path: hit.path,
		line: hit.startLine,
		mitigation: hit.suggestion,
		...kindOf(hit.rule),
	};
}

/** What a family of rules threatens, and what the design owes it. */
function kindOf(rule: string): Pick<Risk, "class" | "designDemand"> {
	const leak = { class: "data leakage" } as const;
	if (rule.startsWith("LEAK"))
		return {
			...leak,
			designDemand: "Fit this on training rows only, inside each fold.",
		};
	if (rule.startsWith("TIME"))
		return {
			...leak,
			designDemand: "Use for each row only what was known at its time.",
		};
	if (rule.startsWith("GRP"))
		return {
			...leak,
			designDemand: "Keep all rows of one group on one side of every split.",
		};
	return {
		class: "reproducibility",
		designDemand: "Build on these lines only after they are mended.",
	};
}

function fromProfile(profile: DataProfile): Draft[] {
	const about = { source: "data profile", path: profile.path } as const;
	const groups = profile.groupRepeats.map(
		({ column, groups, largest }): Draft => ({
			...about,
			title: `${profile.rows} rows but only ${groups} distinct ${column}: rows of one group repeat up to ${largest} times`,
			class: "data leakage",
			severity: "high",
			mitigation: `Split by ${column}.`,
			designDemand: `Keep all rows of one ${column} on one side of every split.`,
		}),
	);
	const gaps = profile.columns.filter(({ missing }) => missing > MUCH_MISSING);
	const missing: Draft[] = gaps.length
		? [
				{
					...about,
					title: missingText(gaps),
					class: "distribution shift",
					severity: "medium",
					mitigation: "Model the absence, or impute from training rows.",
					designDemand: "Treat missing values of these columns explicitly.",
				},
			]
		: [];
	const imbalance = profile.classBalance.flatMap(({ column, shares }) => {
		const rarest = Math.min(...shares.map(({ share }) => share));
		if (rarest >= RARE_CLASS) return [];
		const draft: Draft = {
			...about,
			title: `${column} is imbalanced: its rarest value has ${(100 * rarest).toFixed(1)} % of rows`,
			class: "bias and fairness",
			severity: "medium",
			mitigation: "Judge by a metric that the majority class cannot win.",
			designDemand: "Use PR-AUC or a cost-weighted metric, not accuracy.",
		};
		return [draft];
	});
	return [...groups, ...missing, ...imbalance];
}

/** Those with the most gaps are named. */
function missingText(columns: DataProfile["columns"]): string {
	const named = [...columns]
		.sort((a, b) => b.missing - a.missing)
		.slice(0, MOST_NAMED)
		.map(({ name, missing }) => `${name} in ${Math.round(100 * missing)} %`);
	const more = columns.length - named.length;
	return `Values are missing in many rows: ${named.join(", ")}${more ? ` and ${more} more columns` : ""}`;
}

const fromAgent = (
	source: string,
	risk: RiskAssessment["risks"][number],
): Draft => ({
	title: risk.title,
	class: risk.class,
	severity: risk.severity,
	source,
	path: risk.path,
	line: risk.line,
	mitigation: risk.mitigation,
	designDemand: risk.design_demand,
});
