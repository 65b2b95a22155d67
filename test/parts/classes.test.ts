// A label of three classes, all of them judged: `id,p_<class>` from table to verdict.
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { randomOf } from "../../src/ml/evaluation/random.ts";
import { EvaluationContract } from "../../src/reports/evaluation-plan.ts";
import { EvaluationResult } from "../../src/reports/results.ts";
import { bytes } from "../ml/support/churn.ts";
import { PYTHON, pythonRunner } from "../ml/support/python-runner.ts";

const SPECIES = ["oak", "ash", "fir"];

/** Leaves of three kinds that overlap in length and width. */
function leafTable(rows = 420): string {
	const random = randomOf("leaves");
	const noise = () => 2 * (random.next() + random.next() - 1);
	const lines = Array.from({ length: rows }, (_, row) => {
		const kind = random.below(3);
		const [length, width] = [kind === 0 ? 2 : 0, kind === 1 ? 2 : 0];
		const place = ["hill", "lake"][random.below(2)];
		return `leaf${row},${place},${(length + noise()).toFixed(3)},${(width + noise()).toFixed(3)},${SPECIES[kind]}`;
	});
	return `leaf,place,length,width,species\n${lines.join("\n")}\n`;
}

/** Nearness to the mean leaf of each kind, made into probabilities; the baseline sees the length only. */
const ADAPTER = `
import argparse, csv, json, math
parser = argparse.ArgumentParser()
parser.add_argument("command")
for name in ("system", "data", "model-dir", "seed", "features", "out"):
    parser.add_argument("--" + name)
args = parser.parse_args()
columns = ["length", "width"] if args.system == "model" else ["length"]
rows = lambda path: list(csv.DictReader(open(path, newline="")))
numbers = lambda row: [float(row[c]) for c in columns]
store = args.model_dir + "/model.json"
if args.command == "train":
    kinds = {}
    for row in rows(args.data):
        kinds.setdefault(row["species"], []).append(numbers(row))
    json.dump({k: [sum(c) / len(c) for c in zip(*v)] for k, v in kinds.items()}, open(store, "w"))
else:
    centres = json.load(open(store))
    out = csv.writer(open(args.out, "w", newline=""))
    out.writerow(["id"] + ["p_" + k for k in centres])
    for row in rows(args.features):
        near = [math.exp(-sum((a - b) ** 2 for a, b in zip(numbers(row), c))) for c in centres.values()]
        out.writerow([row["leaf"]] + [n / sum(near) for n in near])
`;

const contract = EvaluationContract.parse({
	task: "multiclass classification",
	data: "data/leaves.csv",
	label: "species",
	positive: "none",
	id: "leaf",
	split: { kind: "stratified", group: "none", held_out: 0.4 },
	seeds: [1, 2, 3],
	primary: { metric: "f1", minimum_delta: 0.05 },
	secondary: ["accuracy", "balanced_accuracy", "log_loss"],
	alpha: 0.05,
	slices: ["place"],
});

const judge = (
	adapter: string,
	terms = contract,
	more: Readonly<Record<string, string>> = {},
) =>
	evaluate({
		contract: terms,
		files: new Map(
			Object.entries({
				...{ "data/leaves.csv": leafTable(), "modelwright_eval.py": adapter },
				...more,
			}).map(([path, text]) => [path, bytes(text)]),
		),
		runner: pythonRunner(),
	});

describe.skipIf(!PYTHON)("a model of three classes", () => {
	test("is judged on all of them, against a dummy of their shares, in slices, by the battery", async () => {
		const result = await judge(ADAPTER);
		expect(result.reason).toMatch(/F1 improves on the baseline/);
		expect(result.verdict).toBe("PASS");
		expect(EvaluationResult.parse(result)).toEqual(result);
		const [dummy, linear, baseline, model] = result.systems.map(
			({ value }) => value,
		);
		expect(dummy).toBeLessThan(linear ?? 0);
		expect(dummy).toBeLessThan(baseline ?? 0);
		expect(baseline).toBeLessThan(model ?? 0);
		expect(result.slices.map(({ value }) => value)).toEqual(["hill", "lake"]);
		expect(result.secondary).toHaveLength(3);
		expect(result.checks.filter(({ status }) => status === "failed")).toEqual(
			[],
		);
	});

	test("may be compared by McNemar's test", async () => {
		const result = await judge(ADAPTER, {
			...contract,
			primary: { metric: "accuracy", minimum_delta: 0.05 },
			test: "McNemar",
		});
		expect(result).toMatchObject({ verdict: "PASS", test: "McNemar" });
	});

	test("is not judged without a probability for every class", async () => {
		const result = await judge(
			ADAPTER.replace(
				'["p_" + k for k in centres]',
				'["q_" + k for k in centres]',
			),
		);
		expect(result).toMatchObject({ verdict: "INCONCLUSIVE", cause: "code" });
		expect(result.reason).toContain('"id,p_ash,p_fir,p_oak" was expected');
	});

	test("is not judged beside code that knows the answers", async () => {
		const answers = leafTable()
			.split("\n")
			.map((line) => line.split(","))
			.map((cells) => `"${cells[0]}": "${cells.at(-1)}",`);
		const result = await judge(ADAPTER, contract, {
			"trees/known.py": `KNOWN = {${answers.join(" ")}}\n`,
		});
		expect(result.verdict).toBe("INCONCLUSIVE");
		expect(result.reason).toContain(
			"trees/known.py names held-out rows together with their labels",
		);
	});
});
