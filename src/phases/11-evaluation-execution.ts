import { digestOf, shortDigest } from "../run/digest.ts";
import { resultsView } from "../views/phases/results.ts";
import { definePhase } from "./phase.ts";

export const evaluationExecution = definePhase({
	number: 11,
	goal: "Judge the model by the approved contract",
	report: "results",

	async perform({ agents, before, lab, pulls }) {
		const tests = await lab.runTests();
		const result = await lab.evaluate(before.evaluationPlan.plan.contract);
		const interpretation = await agents.one({
			role: "data-scientist",
			name: "interpret-results",
			phase: 11,
			submit: "interpretation",
			reads: ["requirements", "risks", "evaluationPlan", "review"],
			brief: `The evaluation ran and code computed the verdict; it stands. Explain to the user what it means for their decision, what limits it has, and what to do next. Use only numbers given here.

\`\`\`json
${JSON.stringify({ result, tests: { ...tests, output: "" } }, null, 1)}
\`\`\``,
		});
		await pulls.postEvaluation(result);
		return { result, tests, interpretation };
	},

	/** A result that is not a PASS is never passed over in silence. */
	gate({ result }) {
		if (result.verdict === "PASS") return undefined;
		const { seconds: _, ...judged } = result;
		const digest = digestOf(judged);
		return {
			name: "verdict",
			command: `/approve ${shortDigest(digest)}`,
			question: `The verdict is ${result.verdict}. Go on to the summary with it, or /cancel?`,
			digest,
		};
	},

	view: resultsView,
});
