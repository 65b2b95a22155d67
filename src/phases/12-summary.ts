import type { SummaryReport } from "../reports/results.ts";
import { acceptanceOf, waivedFindings } from "../run/waived.ts";
import { cardMetadata } from "../views/card-metadata.ts";
import { metricsPath, renderMetrics } from "../views/metrics-file.ts";
import { renderModelCard } from "../views/model-card.ts";
import { summaryView } from "../views/phases/summary.ts";
import { verdictDigest } from "./11-evaluation-execution.ts";
import { chosenDesign } from "./chosen-design.ts";
import { type About, definePhase, type Lead, type NewFile } from "./phase.ts";

const MODEL_CARD = "MODEL_CARD.md";

export const summary = definePhase({
	number: 12,
	goal: "Say what was built, decided and measured, and what comes next",
	report: "summary",

	async perform(lead) {
		const { run, before, pulls } = lead;
		const markdown = renderModelCard(lead);
		const { commit, opened } = await pulls.addFiles(
			documentsOf(lead, markdown),
			"docs: add the model card",
		);
		// The model card moved the top's head; checks are shown where people look.
		await pulls.postChecks({
			review: before.review,
			evaluation: before.results.result,
		});
		const notes = await pulls.markReady();
		const { results, review } = before;
		const accepted = acceptanceOf(run, verdictDigest(results));
		return {
			built: whatWasBuilt(lead),
			tradeoffs: tradeoffs(lead),
			decisions: run.decisions.map(
				({ command, by, at }) => `${command} by ${by} at ${at}`,
			),
			waived: waivedFindings(run, review).map(
				({ finding: { id, severity, title }, by, reason }) =>
					`${id} (${severity}) ${title}: left as it is ${by ? `by ${by}` : "as nobody had to be asked"}${reason ? `: ${reason}` : ""}`,
			),
			files: await pulls.files(),
			metrics: results.result.systems.map(
				({ name, value }) =>
					`${results.result.metric} ${value.toFixed(3)}: ${name}`,
			),
			nextSteps: nextSteps(lead),
			...(accepted ? { acceptedBy: accepted.by } : {}),
			notes,
			modelCard: { path: MODEL_CARD, markdown, commit },
			...(opened ? { opened } : {}),
		};
	},

	view: summaryView,
});

/** For people, and the figures for programs. */
function documentsOf({ run, before }: Lead, markdown: string): NewFile[] {
	const { contract } = before.evaluationPlan.plan;
	const { result } = before.results;
	const { number, title } = run.issue;
	const metadata = cardMetadata({ title, contract, result });
	return [
		{ path: MODEL_CARD, content: `${metadata}\n${markdown}` },
		{ path: metricsPath(number), content: renderMetrics(result, contract) },
	];
}

function whatWasBuilt(lead: Lead): SummaryReport["built"] {
	const { name, architecture, inputs, outputs } = chosenDesign(lead);
	const { pipeline } = lead.before.pipeline;
	return {
		architecture: [name, architecture, `from ${inputs} to ${outputs}`],
		pipeline: [
			pipeline.structure,
			`Tracking: ${pipeline.experiment_tracking}`,
			`Checkpoints: ${pipeline.checkpointing}`,
			`Reproducible by: ${pipeline.reproducibility}`,
		],
		pulls: lead.pulls.stack().map(({ title }) => title),
	};
}

/** Why this approach; which ones were not taken, and what they would have cost. */
function tradeoffs(about: About): string[] {
	const { architecture } = about.before;
	const taken = chosenDesign(about);
	const why =
		taken.approach === architecture.recommended
			? architecture.reasons
			: [
					`${taken.approach} was chosen by a person; ${architecture.recommended} was recommended`,
				];
	const others = architecture.designs.filter((design) => design !== taken);
	return [
		...why.map((reason) => `For ${taken.name}: ${reason}`),
		...others.map(
			({ name, approach, expected_metric: expected, ...design }) =>
				`Not taken, ${name} (${approach}): expected ${expected.low} to ${expected.high}, ${design.resources.training_minutes} min of training, ${design.lines_of_code} lines, interpretability ${design.interpretability}`,
		),
	];
}

/** The interpreter's steps; what phase 6 planned for production stands beside them. */
function nextSteps({ before }: About): SummaryReport["nextSteps"] {
	const { next_steps: next } = before.results.interpretation;
	const { monitoring, ab_test } = before.evaluationPlan.plan;
	return [
		{ topic: "Hyper-parameter tuning", steps: [next.hyperparameter_tuning] },
		{ topic: "Production deployment", steps: [next.production_deployment] },
		{
			topic: "Monitoring",
			steps: [next.monitoring, `Planned in phase 6: ${monitoring.join("; ")}`],
		},
		{
			topic: "A/B testing",
			steps: [next.ab_testing, `Planned in phase 6: ${ab_test}`],
		},
	];
}
