// Small, true weaknesses of the proposed code, for the scripted reviewers to quote.
// Two rows at the end must not survive: one is unsure, one quotes what is not there.
import type { Focus, Review } from "../../../reports/findings.ts";
import type { Edit } from "./code/fix.ts";

type ReviewFinding = Review["findings"][number];

export interface Flaw extends ReviewFinding {
	readonly focus: Focus;
	/** The pull request that brings it. */
	readonly phase: 7 | 8;
	/** What `/fix` asks the writer for: exact edits of the finding's own file. */
	readonly fix: readonly Edit[];
}

const REFIT_QUOTE = "        model.trees = model.trees[: watch.best_round]";
const REFIT = `        # The number of trees is known now: learn from every row.
        settings = replace(config.boosting, rounds=watch.best_round)
        config = replace(config, boosting=settings)
        model = GradientBoosting(settings)
        matrix = encoder.fit_transform(rows, seed)
        model.fit(matrix, [row[LABEL] for row in rows], seed)`;

const SCAN_QUOTE = `    for number, edge in enumerate(edges):
        if value <= edge:
            return number + 1
    return len(edges) + 1`;
const BISECT = "    return bisect_left(edges, value) + 1";

const WRITE_QUOTE =
	'        Path(path).write_text(json.dumps(content) + "\\n", encoding="utf-8")';
const WRITE_ASIDE = `        draft = Path(f"{path}.draft")
        draft.write_text(json.dumps(content) + "\\n", encoding="utf-8")
        draft.replace(path)`;

const RIDGE_QUOTE =
	"        return self.settings.learning_rate * pull / (weight + 1.5)";
const RIDGE =
	"        return self.settings.learning_rate * pull / (weight + self.settings.ridge)";

export const FLAWS: readonly Flaw[] = [
	{
		focus: "performance",
		phase: 7,
		path: "churn/boosting.py",
		quote: SCAN_QUOTE,
		title: "Each value is compared with one edge after the other",
		details:
			"The edges are sorted, yet every value of every column walks them from the first one on: about eight comparisons on average, in the innermost loop of training and of scoring. `bisect_left` finds the same bin in four steps, and in C.",
		severity: "medium",
		confidence: 88,
		suggestion: BISECT,
		fix: [
			{
				quote: "import random\n",
				replacement: "import random\nfrom bisect import bisect_left\n",
			},
			{ quote: SCAN_QUOTE, replacement: BISECT },
		],
	},
	{
		focus: "code quality",
		phase: 7,
		path: "churn/boosting.py",
		quote: RIDGE_QUOTE,
		title: "The regularisation 1.5 is written into four formulas",
		details:
			"Everything else about the trees is a named setting with a default, but the constant that keeps small leaves small stands as `1.5` here and in three more places of `_gains`. Changing one and not the others would choose splits by another objective than the leaves are fitted to, and nothing would fail.",
		severity: "medium",
		confidence: 84,
		suggestion: RIDGE,
		fix: [
			{
				quote: "    column_share: float = 0.6",
				replacement:
					"    column_share: float = 0.6\n    # Keeps the values of small leaves small.\n    ridge: float = 1.5",
			},
			{ quote: RIDGE_QUOTE, replacement: RIDGE },
			{
				quote: "        whole = all_pull**2 / (all_weight + 1.5)",
				replacement:
					"        ridge = self.settings.ridge\n        whole = all_pull**2 / (all_weight + ridge)",
			},
			{
				quote: "            left = pull**2 / (weight + 1.5)",
				replacement: "            left = pull**2 / (weight + ridge)",
			},
			{
				quote:
					"            right = (all_pull - pull) ** 2 / (all_weight - weight + 1.5)",
				replacement:
					"            right = (all_pull - pull) ** 2 / (all_weight - weight + ridge)",
			},
		],
	},
	{
		focus: "ml practices",
		phase: 8,
		path: "churn/training.py",
		quote: REFIT_QUOTE,
		title: "The final model never sees the inner validation customers",
		details:
			"A fifth of the training customers decides when to stop and is then thrown away; with fewer than three hundred positive rows that is a noticeable part of what there is to learn from. Once the number of trees is known, the model can be fitted again on all training rows. Held-out customers stay untouched either way.",
		severity: "medium",
		confidence: 83,
		suggestion: REFIT,
		fix: [
			{
				quote: "from collections.abc import Sequence\n",
				replacement:
					"from collections.abc import Sequence\nfrom dataclasses import replace\n",
			},
			{ quote: REFIT_QUOTE, replacement: REFIT },
		],
	},
	{
		focus: "code quality",
		phase: 8,
		path: "churn/checkpoint.py",
		quote: WRITE_QUOTE,
		title: "A crash while saving leaves half a checkpoint under the final name",
		details:
			"The file is written in place. If the process ends in the middle, `model.json` exists but is no JSON, and Monday's batch fails on it although last week's model was fine. Writing beside it and renaming makes the change all or nothing.",
		severity: "low",
		confidence: 82,
		suggestion: WRITE_ASIDE,
		fix: [{ quote: WRITE_QUOTE, replacement: WRITE_ASIDE }],
	},
	{
		focus: "performance",
		phase: 7,
		path: "churn/encoding.py",
		quote: "            for position, row in enumerate(train):",
		title: "All training rows are visited once per fold",
		details:
			"Grouping the rows by fold first would visit each of them once. With five folds and two thousand rows this may not be measurable.",
		severity: "low",
		confidence: 60,
		suggestion: "",
		fix: [],
	},
	{
		focus: "ml practices",
		phase: 8,
		path: "churn/training.py",
		quote: "    train_rows, test_rows = random_split(rows, test_size=0.2)",
		title: "The inner split is made by row",
		details:
			"Rows of one customer would stand on both sides of the inner split, and early stopping would come too late.",
		severity: "high",
		confidence: 90,
		suggestion: "",
		fix: [],
	},
];
