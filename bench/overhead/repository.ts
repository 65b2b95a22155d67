// The scenario's repository: 16 Python files of some 4 kB, 67 kB in all. Its
// tests need pytest, which no runner here has, and its data lies elsewhere: so
// the product itself says "not run", and no Python is measured.
import type { Project } from "../../src/cli/demo/stage.ts";

export interface SourceFile {
	readonly path: string;
	readonly text: string;
	/** Lines that stand nowhere else, from the file's first part to its last. */
	readonly landmarks: readonly string[];
}

const MODULES = [
	"forecast/data/catalogue.py",
	"forecast/data/loader.py",
	"forecast/data/calendar.py",
	"forecast/data/checks.py",
	"forecast/features/windows.py",
	"forecast/features/prices.py",
	"forecast/features/weather.py",
	"forecast/models/seasonal.py",
	"forecast/models/linear.py",
	"forecast/models/blend.py",
	"forecast/training/schedule.py",
	"forecast/training/tracking.py",
	"forecast/evaluation/errors.py",
	"forecast/serving/batch.py",
	"tests/test_windows.py",
	"tests/test_errors.py",
];

const VERBS = ["collect", "align", "weigh", "smooth", "rank", "bound"];
const NOUNS = ["demand", "returns", "stock", "orders", "visits", "prices"];
const FUNCTIONS = 8;

export const sources: readonly SourceFile[] = MODULES.map(sourceFile);

export const project: Project = {
	name: "forecast",
	files: {
		"README.md":
			"# Forecast\n\nWeekly demand of 40 shops. The tables lie in the warehouse; `forecast/data/loader.py` reads its exports.\n",
		...Object.fromEntries(sources.map(({ path, text }) => [path, text])),
	},
};

function sourceFile(path: string, number: number): SourceFile {
	const stem = path.replace(/^.*\//, "").replace(".py", "");
	const isTest = path.startsWith("tests/");
	const parts = Array.from({ length: FUNCTIONS }, (_, i) =>
		isTest ? testFunction(number, i) : plainFunction(number, i),
	);
	const head = `"""${stem.replaceAll("_", " ")}: part ${number + 1} of the weekly forecast."""\n\n${isTest ? "import pytest\n" : "from collections.abc import Iterable\n"}`;
	return {
		path,
		text: [head, ...parts.map(({ text }) => text)].join("\n\n"),
		landmarks: parts.map(({ landmark }) => landmark),
	};
}

function nameOf(number: number, i: number) {
	const verb = VERBS[(number + i) % VERBS.length];
	const noun = NOUNS[(number * 5 + i * 7) % NOUNS.length];
	return { verb, noun, name: `${verb}_${noun}_${i + 1}` };
}

function landmarkOf(number: number, i: number) {
	return `rule ${number + 1}.${i + 1}:`;
}

function plainFunction(number: number, i: number) {
	const { verb, noun, name } = nameOf(number, i);
	const landmark = landmarkOf(number, i);
	const weeks = 4 + ((number * 3 + i) % 9);
	const text = `def ${name}(rows: Iterable[dict], weeks: int = ${weeks}) -> list[dict]:
    """Gives each row the ${noun} of its shop over the ${weeks} weeks before it."""
    # ${landmark} only weeks that are closed count
    seen = {}
    result = []
    for row in rows:
        past = seen.setdefault(row["shop"], [])
        window = past[-weeks:]
        level = sum(window) / len(window) if window else 0.0
        result.append({**row, "${noun}_${verb}": round(level, 4)})
        past.append(float(row.get("${noun}", 0.0)))
    return result
`;
	return { text, landmark };
}

function testFunction(number: number, i: number) {
	const { verb, noun, name } = nameOf(number, i);
	const landmark = landmarkOf(number, i);
	const value = (number * 7 + i * 3) % 50;
	const text = `@pytest.mark.parametrize("weeks", [1, ${2 + (i % 5)}])
def test_${name}(weeks):
    """The ${noun} of a week never reaches that week's own ${verb} value."""
    # ${landmark} the first row has no past
    rows = [
        {"shop": "north", "${noun}": ${value}.0},
        {"shop": "north", "${noun}": ${value + 4}.0},
        {"shop": "south", "${noun}": ${value + 9}.0},
    ]
    before = [row["${noun}"] for row in rows]
    assert before == sorted(before)
    assert len(rows) > weeks - ${1 + (i % 5)}
`;
	return { text, landmark };
}
