// The risk register of phase 3: rules first, then the data's own numbers, then agents.
import type { DataProfile } from "../reports/data.ts";
import type { Risk, RiskAssessment } from "../reports/risks.ts";
import { SEVERITIES } from "../reports/workflow.ts";
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
/** Share of the rarest class below which accuracy misleads. */
const RARE_CLASS = 0.25;

/** All risks, most severe first, numbered R1, R2, …; one per place and class. */
export function compileRisks(sources: RiskSources): Risk[] {
	const drafts = [
		...sources.ruleHits.map(fromRule),
		...sources.profiles.flatMap(fromProfile),
		...sources.named.flatMap(({ source, risks }) =>
			risks.map((risk) => fromAgent(source, risk)),
		),
	];
	const seen = new Set<string>();
	const distinct = drafts.filter((risk) => {
		const key = `${risk.class}|${risk.path}|${risk.line ?? risk.title}`;
		return !seen.has(key) && seen.add(key);
	});
	const rank = ({ severity }: Draft) => SEVERITIES.indexOf(severity);
	return distinct
		.sort((a, b) => rank(a) - rank(b))
		.map((risk, i) => ({ id: `R${i + 1}`, ...risk }));
}

const fromRule = (hit: RuleHit): Draft => ({
	title: hit.title,
	class: "data leakage",
	severity: hit.severity,
	source: hit.rule,
	path: hit.path,
	line: hit.startLine,
	mitigation: hit.suggestion,
	designDemand: "Fit this on training rows only, inside each fold.",
});

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
	const missing = profile.columns
		.filter((column) => column.missing > MUCH_MISSING)
		.map(
			(column): Draft => ({
				...about,
				title: `${column.name} is missing in ${Math.round(100 * column.missing)} % of rows`,
				class: "distribution shift",
				severity: "medium",
				mitigation: "Model the absence, or impute from training rows.",
				designDemand: `Treat a missing ${column.name} explicitly.`,
			}),
		);
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
