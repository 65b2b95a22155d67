// Phases 10 and 11 as the scripted agents play them on the sample.
import type { Focus } from "../../../reports/findings.ts";
import { call, think } from "../server/reply.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";
import { FLAWS } from "./flaws.ts";

const SUMMARIES: Record<Focus, string> = {
	"code quality":
		"Readable and tested. A few constants deserve a name and a place in the configuration; nothing that blocks.",
	"ml practices":
		"The new code fits its statistics on training rows and stops early on an inner split. What the old preparation does before the split is the rules' business; beyond that only small remarks.",
	performance:
		"Fast enough at two thousand rows. The way a value finds its bin will be felt at a hundred times the data.",
};

const review = (focus: Focus): Rule => {
	const assignment = `review-${focus.replaceAll(" ", "-")}`;
	const flaws = FLAWS.filter((flaw) => flaw.focus === focus);
	return script(`phase 10: ${focus}`, { assignment }, [
		() => [
			think("Read the changed files before judging them."),
			call("glob", { pattern: "churn/*.py" }),
			...[...new Set(flaws.map(({ path }) => path))].map((path) =>
				call("view", { path }),
			),
		],
		() => [
			call("submit_review", {
				summary: SUMMARIES[focus],
				findings: flaws.map(
					({ focus: _, phase: __, fix: ___, ...said }) => said,
				),
			}),
		],
	]);
};

/** Reads the computed verdict out of the brief; its words, never its numbers, differ. */
const interpretation = script(
	"phase 11: interpretation",
	{ assignment: "interpret-results" },
	[
		({ brief }) => {
			const verdict = /^ {2}verdict: (\w+)/m.exec(brief)?.[1] ?? "INCONCLUSIVE";
			return [
				call("submit_interpretation", {
					summary:
						verdict === "PASS"
							? "On customers it has never seen, the model ranks clearly better than the baseline, by more than was agreed and by more than chance explains. It is fit for a trial beside the present habit of picking customers."
							: "The agreed improvement was not shown. The model should not replace the baseline on this evidence; the section above says what was missing.",
					caveats: [
						"The held-out customers come from the same months as the training rows",
						"The repository's authors have seen these labels; the evaluation is blind for the model only",
						"Small slices have wide intervals",
					],
					next_steps: {
						hyperparameter_tuning:
							"Tune depth, shrinkage and smoothing on the inner split",
						production_deployment:
							"Score on Mondays beside the present list for four weeks",
						monitoring:
							"Watch the score distribution and the share of unknown values",
						ab_testing: "Call half of the eighty by the model's ranking",
					},
				}),
			];
		},
	],
);

export const judging: Rule[] = [
	review("code quality"),
	review("ml practices"),
	review("performance"),
	interpretation,
];
