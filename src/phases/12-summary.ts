import { renderModelCard } from "../views/model-card.ts";
import { summaryView } from "../views/phases/summary.ts";
import { postReviews } from "./10-quality-review.ts";
import { chosenDesign } from "./chosen-design.ts";
import { definePhase, type Lead } from "./phase.ts";

const MODEL_CARD = "MODEL_CARD.md";

export const summary = definePhase({
	number: 12,
	goal: "Say what was built, decided and measured, and what comes next",
	report: "summary",

	async perform(lead) {
		const { run, before, pulls } = lead;
		const markdown = renderModelCard(lead);
		const commit = await pulls.addFile(
			MODEL_CARD,
			markdown,
			"Add the model card",
		);
		await showChecksOnNewHead(lead);
		const notes = await pulls.markReady();
		const { result, interpretation } = before.results;
		return {
			built: [chosenDesign(lead).name, ...pulls.stack().map((p) => p.title)],
			decisions: run.decisions.map(
				({ command, by, at }) => `${command} by ${by} at ${at}`,
			),
			files: [
				...new Set(pulls.stack().flatMap((p) => p.files.map((f) => f.path))),
				MODEL_CARD,
			],
			metrics: result.systems.map(
				({ name, value }) => `${result.metric} ${value.toFixed(3)}: ${name}`,
			),
			nextSteps: interpretation.next_steps,
			notes,
			modelCard: { path: MODEL_CARD, markdown, commit },
		};
	},

	view: summaryView,
});

/** The model card moved the top's head; checks are shown where people look. */
async function showChecksOnNewHead(lead: Lead) {
	await postReviews(lead, lead.before.review);
	await lead.pulls.postEvaluation(lead.before.results.result);
}
