// Where the scripted writer's files show what a phase asks for. Every quote is
// looked up in the files as they are handed in.
import { type WrittenFor, writtenFiles } from "./code/written-files.ts";

interface Shown {
	readonly path: string;
	/** Finds the line to quote. */
	readonly line: RegExp;
	readonly how: string;
}

interface NotHere {
	readonly whyNot: string;
}

const ITEMS: Partial<
	Record<WrittenFor, Readonly<Record<string, Shown | NotHere>>>
> = {
	7: {
		model_class: {
			path: "churn/boosting.py",
			line: /^class GradientBoosting/,
			how: "One class with fit and predict, like the baseline's",
		},
		forward_pass: {
			path: "churn/boosting.py",
			line: /def predict\(/,
			how: "Predicting adds up the trees' steps to a logit",
		},
		loss: {
			path: "churn/boosting.py",
			line: /pulls = \[label - chance/,
			how: "The gradient of the log loss, which the trees are fitted to",
		},
		metrics: {
			path: "tests/test_boosting.py",
			line: /^from churn\.metrics import/,
			how: "The log loss of the repository's own metrics",
		},
		typing: {
			path: "churn/encoding.py",
			line: /def fit_transform\(/,
			how: "Every signature is annotated",
		},
		documentation: {
			path: "churn/encoding.py",
			line: /^"""Turns rows into numbers/,
			how: "A docstring for each module, class and public function",
		},
		unit_tests: {
			path: "tests/test_boosting.py",
			line: /def test_it_overfits/,
			how: "A small batch is learnt by heart; losses fall; seeds repeat",
		},
	},
	8: {
		training_script: {
			path: "churn/training.py",
			line: /^def train\(/,
			how: "A function for code and a command line for people",
		},
		data_loading: {
			path: "churn/training.py",
			line: /load_rows\(args\.data\)/,
			how: "Through the repository's own loader, in memory",
		},
		experiment_tracking: {
			path: "churn/training.py",
			line: /^class RunLog/,
			how: "One JSON object a line, beside the checkpoint",
		},
		configuration: {
			path: "churn/config.py",
			line: /^class TrainingConfig/,
			how: "A dataclass; a JSON file may override it",
		},
		checkpoints: {
			path: "churn/checkpoint.py",
			line: /def load\(/,
			how: "One JSON file with a version; other columns are refused",
		},
		reproducibility: {
			path: "churn/training.py",
			line: /python=platform\.python_version/,
			how: "The run log names seed, Python's version and the data's digest",
		},
	},
	9: {
		serving: {
			path: "churn/scoring.py",
			line: /^def main\(/,
			how: "The weekly batch writes a ranked call list",
		},
		environments: {
			path: "churn/scoring.py",
			line: /add_argument\("--model"/,
			how: "Paths and limits are arguments with defaults",
		},
		data_flow: {
			path: "tests/test_integration.py",
			line: /def test_each_system_predicts/,
			how: "From the table through training to predictions, both systems",
		},
		caching: {
			whyNot: "A weekly batch reads every row once; nothing is asked twice",
		},
	},
};

export function shownItems(part: WrittenFor): object[] {
	const files = writtenFiles(part);
	return Object.entries(ITEMS[part] ?? {}).map(([item, told]) =>
		"line" in told
			? { item, ...shown(files, told) }
			: { item, applies: false, path: "", quote: "", how: told.whyNot },
	);
}

function shown(files: Record<string, string>, { path, line, how }: Shown) {
	const quote = files[path]?.split("\n").find((text) => line.test(text));
	if (!quote) throw new Error(`no line of ${path} matches ${line}`);
	return { path, quote, how };
}
