import { approvalDigest } from "../run/approval.ts";
import { shortDigest } from "../run/digest.ts";
import { isAccepted } from "../run/rule-on-risk.ts";
import type { Run } from "../run/run.ts";
import { evaluationPlanView } from "../views/phases/evaluation-plan.ts";
import { askedOfContract } from "./asked-of-contract.ts";
import { chosenDesign } from "./chosen-design.ts";
import { definePhase } from "./phase.ts";
import { unmitigatedRisks } from "./unmitigated-risks.ts";

export const evaluationStrategy = definePhase({
	number: 6,
	goal: "Fix, before anything is built, how success will be decided",
	report: "evaluationPlan",

	async perform(lead) {
		const design = chosenDesign(lead);
		const plan = await lead.agents.one({
			role: "data-scientist",
			name: "evaluation-plan",
			phase: 6,
			submit: "evaluation_plan",
			brief: `Plan the evaluation of the **${design.approach}** approach, "${design.name}", and fill the evaluation contract that code will judge in phase 11.
Name the table, its label and its unique row id exactly as the data profile shows them ('none' where no column is unique per row). Split so that rows that belong together stay together. Choose the primary metric from the requirements and the least improvement over the existing baseline that is worth having. Plan secondary metrics, slices, baselines, production monitoring and an A/B test.${askedOfContract(lead.run)}`,
		});
		const forecast = await lead.lab.forecast(plan.contract);
		const cost = await lead.forecast();
		return {
			plan,
			...forecast,
			forecast: {
				minutes: minutesToBuild(lead.run),
				pullRequests: 3,
				...(cost ?? { usdLow: 0, usdHigh: 0 }),
			},
		};
	},

	/** The whole design is approved here, by a person, always; a preview ends with it. */
	gate(report, { run, before }) {
		if (run.config.preview) return undefined;
		const digest = approvalDigest(run, before, report);
		const mustAccept = unmitigatedRisks({ run, before });
		const named = mustAccept.filter((id) => !isAccepted(run, id));
		return {
			name: "approval",
			command: ["/approve", shortDigest(digest), ...acceptance(named)].join(
				" ",
			),
			question: "Approve the design?",
			digest,
			mustAccept,
		};
	},

	/** Its surroundings changed; the plan stands, with a digest over what is now. */
	async resolve(_lead, report) {
		return report;
	},

	view: evaluationPlanView,
});

const acceptance = (ids: readonly string[]) =>
	ids.length > 0 ? [`accept ${ids.join(",")}`] : [];

/** Phases 7 to 11 take about as long as phases 1 to 5 did, fixes included up to twice that. */
function minutesToBuild({ done }: Run): number {
	const seconds = done.reduce((sum, phase) => sum + phase.seconds, 0);
	return Math.max(1, Math.ceil((seconds * 2.5) / 60));
}
