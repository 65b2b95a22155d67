import { compileRisks } from "../ml/risk-register.ts";
import { asks } from "../run/config.ts";
import { risksView } from "../views/phases/risks.ts";
import { leadsOf } from "./leads.ts";
import { definePhase } from "./phase.ts";

export const riskAssessment = definePhase({
	number: 3,
	goal: "Identify what can make the model wrong, unfair, unrepeatable or slow",
	report: "risks",

	async perform({ agents, code, before }) {
		const checked = await code.checked();
		const assessments = await agents.inParallel<"risks">(
			{
				role: "ml-explorer",
				name: "leakage-shift-bias",
				phase: 3,
				submit: "risks",
				brief: `Look for what would make an evaluation lie or a deployment fail: values of the label or of the future that reach the features, transformations fitted before the split, rows of one group on both sides, populations that will differ in use, groups treated unequally, anything that cannot be repeated or will not scale.
Report a risk only with the line that shows it, and say what the design has to do about it.${leadsOf(checked.hits)}`,
			},
			{
				role: "data-scientist",
				name: "data-quality",
				phase: 3,
				submit: "risks",
				brief: `Judge the data's quality from the profile: missing values, outliers, class imbalance, duplicates, repeated groups, correlated or constant columns.
Report what threatens the estimate of the success metric, with the line of code or data that shows it, and say what the design has to do about it.`,
			},
		);
		const roles = ["ml-explorer", "data-scientist"];
		return {
			risks: compileRisks({
				ruleHits: checked.hits,
				profiles: before.data.profiles,
				named: assessments.map(({ risks }, i) => ({
					source: roles[i] ?? "agent",
					risks,
				})),
			}),
			summaries: [
				...assessments.map(({ summary }) => summary),
				...(checked.unfinished ? [checked.unfinished] : []),
			],
		};
	},

	register: ({ risks }) => ({
		risks: risks.map(({ id, title, severity }) => ({ id, title, severity })),
	}),

	gate(_report, { run }) {
		if (!asks(run.config, "risks")) return undefined;
		return {
			name: "risks",
			command: "/approve",
			question: "Should any of these risks block or change the design?",
		};
	},

	view: risksView,
});
