// How the scripted reviewers compare a change with the approved design: by what
// stands in the files they are shown.
import { call, think } from "../server/reply.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";

interface Expected {
	/** What the approved design asks for, as it is seen in code. */
	readonly sign: RegExp;
	readonly what: string;
}

const compare = (
	slug: string,
	summary: string,
	expected: readonly Expected[],
): Rule =>
	script(`compare: ${slug}`, { assignment: `compare-${slug}` }, [
		({ brief }) => {
			const [, path = "", first = ""] =
				/<file path="([^"]+)">\n([^\n]+)/.exec(brief) ?? [];
			return [
				think("What was approved, one point after the other."),
				call("submit_design_review", {
					summary,
					verdict: expected.every(({ sign }) => sign.test(brief))
						? "as designed"
						: "deviates",
					deviations: expected
						.filter(({ sign }) => !sign.test(brief))
						.map(({ what }) => ({ what, path, quote: first, must_fix: true })),
				}),
			];
		},
	]);

export const comparing: Rule[] = [
	compare(
		"model",
		"Shallow boosted trees on the log loss, categories encoded with shares learnt from other folds, late columns left out: this is the design that was approved.",
		[
			{
				sign: /class GradientBoosting/,
				what: "Boosted trees were approved and are not there",
			},
			{
				sign: /fold_of\[row\[GROUP\]\]/,
				what: "Encoding by folds of customers was approved and is not there",
			},
		],
	),
	compare(
		"training",
		"One command, an inner split by customer, early stopping, a JSON checkpoint and a run log: as the pipeline was approved.",
		[
			{
				sign: /split_by_group\(/,
				what: "The inner split was to keep customers together",
			},
			{ sign: /class RunLog/, what: "The run log is missing" },
		],
	),
	compare(
		"integration",
		"The weekly batch and the evaluation's two commands use the same checkpoint; nothing is fitted on the rows that are scored.",
		[
			{
				sign: /newest_per_customer/,
				what: "The batch was to score each customer once",
			},
		],
	),
];
