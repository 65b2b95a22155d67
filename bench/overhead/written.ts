// The changes that the scenario's writers hand in: small, true to their items,
// with a test that needs what the repository's own tests need.

interface Written {
	readonly path: string;
	readonly content: string;
}

const testOf = (name: string): Written => ({
	path: `tests/test_${name}.py`,
	content: `import pytest\n\n\n@pytest.mark.parametrize("seed", [1, 2])\ndef test_${name}_repeats_itself(seed):\n    assert seed * 2 == seed + seed\n`,
});

/** The evaluation calls it by this name; it is not run here. */
const ADAPTER: Written = {
	path: "modelwright_eval.py",
	content: `"""Trains and predicts for the evaluation."""\nimport argparse\n\n\ndef main() -> None:\n    parser = argparse.ArgumentParser()\n    parser.add_argument("command", choices=["train", "predict"])\n    parser.parse_known_args()\n\n\nif __name__ == "__main__":\n    main()\n`,
};

const NAMES: Readonly<Record<number, string>> = {
	7: "seasonal_blend",
	8: "training_run",
	9: "weekly_batch",
};

/** Item to the line of the module that shows it. */
const MODULE_LINES: Readonly<Record<string, string>> = {
	submit_model_change: "class Blend:",
	submit_training_change: "def train(rows: list, seed: int = 1) -> dict:",
	submit_integration_change: "def score(rows: list) -> list:",
};

const ITEMS: Readonly<Record<string, readonly string[]>> = {
	submit_model_change: [
		"model_class",
		"forward_pass?",
		"loss?",
		"metrics?",
		"typing",
		"documentation",
		"unit_tests",
	],
	submit_training_change: [
		"training_script",
		"data_loading",
		"experiment_tracking",
		"configuration",
		"checkpoints",
		"reproducibility",
	],
	submit_integration_change: [
		"serving",
		"environments?",
		"data_flow",
		"caching?",
	],
};

/** Files and items of the change that phase asks for. */
export function writtenIn(tool: string, phase: number): object {
	const name = NAMES[phase] ?? `phase_${phase}`;
	const line = MODULE_LINES[tool] ?? "def mended(rows: list) -> list:";
	const body = line.startsWith("class")
		? `${line}\n    """Blends last year's week with the newest ones."""\n\n    weight: float = 0.5\n`
		: `${line}\n    """What the weekly forecast needs."""\n    return rows and rows[:0]\n`;
	const module: Written = {
		path: `forecast/${name}.py`,
		content: `"""The ${name.replaceAll("_", " ")} of the weekly forecast."""\n\n\n${body}`,
	};
	const test = testOf(name);
	const files = [module, test, ...(phase === 9 ? [ADAPTER] : [])];
	const testLine = `def test_${name}_repeats_itself(seed):`;
	const items = Object.fromEntries(
		(ITEMS[tool] ?? []).map((item) => {
			const isTest = item === "unit_tests" || item === "data_flow";
			const where = isTest
				? { path: test.path, quote: testLine }
				: { path: module.path, quote: line };
			const claim = item.endsWith("?") ? { applies: true } : {};
			return [
				item.replace("?", ""),
				{ ...claim, ...where, how: "As the line shows" },
			];
		}),
	);
	return {
		files,
		replacements: [],
		...(ITEMS[tool] ? { items } : {}),
	};
}
