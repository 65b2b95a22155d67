// The changes that the scenario's writers hand in: small, true to their items,
// with a test that needs what the repository's own tests need.

import {
	INTEGRATION_ITEMS,
	MODEL_ITEMS,
	TRAINING_ITEMS,
	type Wanted,
} from "../../src/reports/items.ts";

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

/** What each phase's module shows its items with. */
const MODULE_LINES: Readonly<Record<number, string>> = {
	7: "class Blend:",
	8: "def train(rows: list, seed: int = 1) -> dict:",
	9: "def score(rows: list) -> list:",
};

const ITEMS: Readonly<Record<number, readonly Wanted[]>> = {
	7: MODEL_ITEMS,
	8: TRAINING_ITEMS,
	9: INTEGRATION_ITEMS,
};

/** Files and items of the change that phase asks for. */
export function writtenIn(phase: number): object {
	const name = NAMES[phase] ?? `phase_${phase}`;
	const line = MODULE_LINES[phase] ?? "def mended(rows: list) -> list:";
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
	const items = (ITEMS[phase] ?? []).map(({ item }) => ({
		item,
		...(item === "unit_tests" || item === "data_flow"
			? { path: test.path, quote: testLine }
			: { path: module.path, quote: line }),
		how: "As the line shows",
	}));
	return { files, replacements: [], ...(items.length ? { items } : {}) };
}
