// Contracts that ask for another test than the bootstrap, from table to verdict.
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { randomOf } from "../../src/ml/evaluation/random.ts";
import { EvaluationContract } from "../../src/reports/evaluation-plan.ts";
import { verdictLine } from "../../src/views/phases/results.ts";
import { bytes, contract, repository } from "../ml/support/churn.ts";
import { PYTHON, pythonRunner } from "../ml/support/python-runner.ts";

/** Each day's value follows the day before; two shops a day. */
function salesTable(days = 400): string {
	const random = randomOf("sales");
	let level = 0;
	const lines = Array.from({ length: days }, (_, day) => {
		const before = level;
		level = 0.8 * level + random.next() - 0.5;
		return ["a", "b"].map((shop) => {
			const sales = 50 + 10 * (level + 0.2 * (random.next() - 0.5));
			const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString();
			return `${shop}${day},${date.slice(0, 10)},${(50 + 10 * before).toFixed(3)},${sales.toFixed(3)}`;
		});
	});
	return `row,date,before,sales\n${randomOf("order").shuffle(lines.flat()).join("\n")}\n`;
}

/** A line through the day before, against the mean of all days. */
const FORECASTER = `
import argparse, csv, json
parser = argparse.ArgumentParser()
parser.add_argument("command")
for name in ("system", "data", "model-dir", "seed", "features", "out"):
    parser.add_argument("--" + name)
args = parser.parse_args()
rows = lambda path: list(csv.DictReader(open(path, newline="")))
store = args.model_dir + "/model.json"
if args.command == "train":
    x, y = zip(*[(float(r["before"]), float(r["sales"])) for r in rows(args.data)])
    mx, my = sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y)) / (sum((a - mx) ** 2 for a in x) or 1)
    json.dump([mx, my, slope if args.system == "model" else 0], open(store, "w"))
else:
    mx, my, slope = json.load(open(store))
    out = csv.writer(open(args.out, "w", newline=""))
    out.writerow(["id", "prediction"])
    for r in rows(args.features):
        out.writerow([r["row"], my + slope * (float(r["before"]) - mx)])
`;

const sales = EvaluationContract.parse({
	task: "regression",
	data: "data/sales.csv",
	label: "sales",
	positive: "none",
	id: "row",
	split: { kind: "time", group: "date", held_out: 0.3, embargo: 2 },
	seeds: [1, 2, 3],
	primary: { metric: "mae", minimum_delta: 0.1 },
	test: "Diebold-Mariano",
	secondary: ["smape", "rmse"],
	alpha: 0.05,
	slices: [],
});

describe.skipIf(!PYTHON)("a contract may ask for", () => {
	test("Diebold and Mariano's test on the latest days, with an embargo before them", async () => {
		const result = await evaluate({
			contract: sales,
			files: new Map([
				["data/sales.csv", bytes(salesTable())],
				["modelwright_eval.py", bytes(FORECASTER)],
			]),
			runner: pythonRunner(),
		});
		expect(result.reason).toMatch(/MAE improves on the baseline/);
		expect(result).toMatchObject({
			verdict: "PASS",
			test: "Diebold-Mariano",
			heldOutRows: 240,
			trainingRows: 556,
		});
		expect(verdictLine(result)).toContain("(Diebold-Mariano, 3 seeds)");
		const [smape, rmse] = result.secondary;
		expect(smape).toMatchObject({ metric: "smape" });
		expect(smape?.value).toBeLessThan(smape?.baseline ?? 0);
		expect(rmse?.pValue).toBeLessThan(0.05);
	});

	test("McNemar's, on rows that stand for themselves", async () => {
		const result = await evaluate({
			contract: EvaluationContract.parse({
				...contract,
				split: { kind: "stratified", group: "none", held_out: 0.4 },
				primary: { metric: "accuracy", minimum_delta: 0 },
				secondary: ["balanced_accuracy", "mcc", "recall", "precision"],
				test: "McNemar",
			}),
			files: repository(),
			runner: pythonRunner(),
		});
		expect(result).toMatchObject({ verdict: "PASS", test: "McNemar" });
		expect(result.pValue).toBeLessThan(0.05);
		expect(result.secondary.map(({ metric }) => metric)).toEqual([
			"balanced_accuracy",
			"mcc",
			"recall",
			"precision",
		]);
	});
});
