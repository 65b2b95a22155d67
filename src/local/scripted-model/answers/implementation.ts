// Phases 7 to 9 and the fix as the scripted agents play them on the sample.
import { load } from "js-yaml";
import { call, think } from "../server/reply.ts";
import type { ModelRequest } from "../server/request.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";
import { COLUMNS_FILE, viewed } from "./clues.ts";
import { fixLeak } from "./code/fix.ts";
import { writtenFiles } from "./code/written-files.ts";
import { FLAWS } from "./flaws.ts";
import { shownItems } from "./items.ts";

const readConventions = [
	think("The repository's own style comes first: types, docstrings, tests."),
	call("view", { path: COLUMNS_FILE }),
	call("view", { path: "churn/baseline.py" }),
	call("glob", { pattern: "tests/*.py" }),
];

interface Plan {
	/** What this plan has beyond the common part. */
	own: { framework: string; pipeline: string; tracking: string };
	summary: string;
	purposes: Record<string, string>;
	tests: string[];
}

type Part = 7 | 8 | 9;

/** An engineer's plan for the files the writer then writes. */
const plan = (assignment: string, part: Part, told: Plan): Rule =>
	script(`plan: ${assignment}`, { assignment }, [
		() => readConventions,
		() => [
			call("submit_implementation_plan", {
				...told.own,
				summary: told.summary,
				files: Object.keys(writtenFiles(part)).map((path) => ({
					path,
					purpose: told.purposes[path] ?? `Tests for ${part}`,
				})),
				tests: told.tests,
				conventions: [
					"Column names come from churn/columns.py only",
					"Type hints and one-line docstrings; standard library only",
					"unittest, run by python -m unittest discover",
				],
			}),
		],
	]);

interface Told {
	title: string;
	why: string;
	what: string[];
}

const write = (assignment: string, part: Part, told: Told): Rule =>
	script(`write: ${assignment}`, { assignment }, [
		() => readConventions,
		() => [
			call("submit_change", {
				...told,
				items: shownItems(part),
				files: Object.entries(writtenFiles(part)).map(([path, content]) => ({
					path,
					content,
				})),
				replacements: [],
			}),
		],
	]);

const planModel = plan("plan-model", 7, {
	own: {
		framework:
			"Python's standard library: the repository has no dependency, and the table is small",
		pipeline: "",
		tracking: "",
	},
	summary:
		"Boosted trees as one class with fit and predict like the baseline's, and the smoothed encoding as another, so that each can be tested alone and neither knows column names.",
	purposes: {
		"churn/boosting.py": "Gradient-boosted trees on the log loss",
		"churn/encoding.py":
			"Smoothed rates of a category, fitted on training rows",
		"tests/test_boosting.py": "Losses fall, a small batch is learnt by heart",
		"tests/test_encoding.py": "Held-out labels never reach an encoding",
	},
	tests: [
		"Thirty-two rows are learnt by heart",
		"The training loss falls from round to round",
		"The same seed gives the same trees",
		"Held-out labels do not change an encoding",
	],
});

const writeModel = write("write-model", 7, {
	title: "Churn model: gradient-boosted trees with fold-wise encoding",
	why: "The logistic baseline sees three columns and no interactions. Shallow boosted trees find them, and the category's rate is now learnt from training rows only, so held-out customers stay unseen.",
	what: [
		"Gradient-boosted trees with quantile bins, in pure Python",
		"A smoothed encoding with fit on training rows and apply on any rows",
		"Unit tests for both: overfitting a small batch, falling loss, no leak",
	],
});

const planTraining = plan("plan-training", 8, {
	own: {
		framework: "Python's standard library, as the model before it",
		pipeline:
			"Load with the repository's loader, split the training customers once more for early stopping, encode by folds, fit, write one checkpoint and one log.",
		tracking:
			"A JSONL file beside the checkpoint: seed, version, data digest, losses",
	},
	summary:
		"A training module around the model: configuration as a dataclass, early stopping on an inner split by customer, a JSON checkpoint and a JSONL run log.",
	purposes: {
		"churn/config.py": "Hyper-parameters and paths",
		"churn/checkpoint.py": "Save and load a trained model as JSON",
		"churn/training.py": "The training run with early stopping and log",
		"tests/test_training.py": "Same seed, same model; checkpoints load again",
	},
	tests: [
		"The same seed gives the same predictions",
		"A checkpoint that is loaded predicts as before",
		"The run log names seed and data digest of each run",
	],
});

const writeTraining = write("write-training", 8, {
	title: "Training run with early stopping, checkpoints and a run log",
	why: "The model needs a repeatable way from table to checkpoint. Early stopping watches an inner split of the training customers, never the held-out ones.",
	what: [
		"A training module with an inner split by customer and early stopping",
		"JSON checkpoints that load without training code",
		"A run log with seed, data digest, parameters and losses",
		"Tests for repeatability and for the checkpoint's round trip",
	],
});

const writeIntegration = write("write-integration", 9, {
	title: "Weekly scoring and the evaluation adapter",
	why: "The retention team wants a ranked CSV every Monday, and the evaluation needs the model and the baseline behind the same two commands.",
	what: [
		"Batch scoring that loads a checkpoint and writes ranked customers",
		"modelwright_eval.py: train and predict for the model and for the baseline",
		"An integration test that trains on a few rows and predicts",
	],
});

interface AskedFinding {
	id: string;
	rule: string;
	path: string;
	startLine: number;
	title: string;
}

/** The findings to fix, as the brief lists them. */
function askedFindings({ brief }: ModelRequest): AskedFinding[] {
	const yaml = /<report name="findings">\n([\s\S]*?)\n<\/report>/.exec(brief);
	return (load(yaml?.[1] ?? "[]") ?? []) as AskedFinding[];
}

/** The exact edits that mend one finding, worked out on the file as it stands. */
function mend(finding: AskedFinding, calls: ModelRequest["calls"]) {
	const edits =
		finding.rule === "LEAK02"
			? [fixLeak(viewed(calls, finding.path), finding.startLine)]
			: (FLAWS.find(({ title }) => title === finding.title)?.fix ?? []);
	return edits.flatMap((edit) =>
		edit
			? [
					call("str_replace", {
						path: finding.path,
						old_str: edit.quote,
						new_str: edit.replacement,
					}),
				]
			: [],
	);
}

/** File by file, with a trial before it is handed in. */
const writeFixes = script("write: fixes", { assignment: "write-fixes" }, [
	(request) => [
		think("Read each place again before touching it."),
		...[...new Set(askedFindings(request).map(({ path }) => path))].map(
			(path) => call("view", { path }),
		),
	],
	(request) => [
		think("Now the edits, and the test that would have caught it."),
		...askedFindings(request).flatMap((one) => mend(one, request.calls)),
		...Object.entries(writtenFiles("fix")).map(([path, file_text]) =>
			call("create", { path, file_text }),
		),
	],
	() => [call("run_checks", { check: "tests" })],
	(request) => [
		call("submit_change", {
			title: "Fix what the review found",
			why: "The rate of a category was learnt from all rows, held-out ones included, before the split. It is learnt from training rows now, and a test keeps it so. The smaller remarks are mended where they stood.",
			what: askedFindings(request).map(({ id, title }) =>
				`${id}: ${title}`.slice(0, 190),
			),
			files: [],
			replacements: [],
		}),
	],
]);

export const implementing: Rule[] = [
	planModel,
	writeModel,
	planTraining,
	writeTraining,
	writeIntegration,
	writeFixes,
];
