// What a contract can be judged against where the repository has no model yet:
// its adapter knows no baseline and breaks when asked for one.
import { afterAll, describe, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { smokeRun } from "../../src/ml/evaluation/smoke.ts";
import { EvaluationContract } from "../../src/reports/evaluation-plan.ts";
import {
	ADAPTER_CODE,
	bytes,
	contract,
	repository,
} from "../ml/support/churn.ts";
import { forkingRunner } from "../ml/support/forking-runner.ts";
import { hasPython } from "../support/python.ts";

const runner = forkingRunner("import argparse, csv, json, math, random");
afterAll(() => runner.close());

const ALONE = ADAPTER_CODE.replace(
	"    arguments_ = arguments()",
	'    arguments_ = arguments()\n    assert arguments_.system == "model"',
);

const primary = (
	terms: Partial<EvaluationContract["primary"]>,
): EvaluationContract => ({
	...contract,
	primary: { metric: "roc_auc", minimum_delta: 0, ...terms },
});
const judge = (terms: EvaluationContract, code = ALONE) =>
	evaluate({ contract: terms, files: repository(code), runner });

describe.skipIf(!hasPython)("without an existing model", () => {
	test("the new one can be held against our dummy, which needs no code", async () => {
		const result = await judge(primary({ against: "dummy" }));
		expect(result).toMatchObject({
			verdict: "PASS",
			against: "dummy",
			baseline: 0.5,
		});
		expect(result.reason).toMatch(/improves on the dummy baseline by/);
		expect(result.systems.map(({ name }) => name)).toEqual([
			"dummy",
			"linear",
			"this model",
		]);
		for (const { value, interval = [1, 0] } of result.systems)
			expect(Number(interval[0]) <= value && value <= Number(interval[1])).toBe(
				true,
			);
	});

	test("a line through the columns is hard to beat where a line is the truth", async () => {
		const result = await judge(primary({ against: "linear" }));
		expect(result.verdict).toBe("FAIL");
		expect(result.baseline).toBeGreaterThan(0.7);
	});

	test.each([
		[0.6, "PASS"],
		[0.99, "FAIL"],
	])(
		"its interval has to reach a threshold: %s",
		async (threshold, verdict) => {
			const result = await judge(primary({ against: "dummy", threshold }));
			expect(result.verdict).toBe(verdict);
			if (verdict === "FAIL")
				expect(result.reason).toMatch(
					/reaches down to .*; surely 0.99 was agreed on/,
				);
		},
	);

	test("the smoke run asks for no baseline either", async () => {
		const files = repository(ALONE);
		const terms = primary({ against: "dummy" });
		expect(await smokeRun({ contract: terms, files, runner })).toMatchObject({
			status: "passed",
			reason: expect.stringMatching(/^the model trained/),
		});
	});
});

/** Two shops whose sales come again every four times, on different levels. */
function sales(): string {
	const lines = Array.from({ length: 80 }, (_, t) =>
		[10, 200].map((level, shop) =>
			[
				`${shop}-${t}`,
				t,
				`shop${shop}`,
				level + Number([0, 5, 1, -4][t % 4]) + ((t * 7) % 5) / 10,
			].join(),
		),
	).flat();
	return `id,t,shop,sold\n${lines.join("\n")}\n`;
}

/** A season ago, as training knew it: as good as our own. */
const SEASONAL = `
import csv, json, sys
options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
store = options["--model-dir"] + "/model.json"
with open(options.get("--data") or options["--features"], newline="") as file:
    rows = list(csv.DictReader(file))
if sys.argv[1] == "train":
    with open(store, "w") as file:
        json.dump({row["shop"] + str(int(row["t"]) % 4): float(row["sold"]) for row in rows}, file)
else:
    with open(store) as file: model = json.load(file)
    with open(options["--out"], "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "prediction"])
        for row in rows: out.writerow([row["id"], model[row["shop"] + str(int(row["t"]) % 4)]])
`;

test.skipIf(!hasPython)(
	"a forecast stands beside the naive ones, series by series",
	async () => {
		const result = await evaluate({
			contract: EvaluationContract.parse({
				...{ version: 1, task: "regression", data: "sales.csv", label: "sold" },
				...{ positive: "none", id: "id", seeds: [1, 2, 3], alpha: 0.05 },
				split: { kind: "time", group: "t", held_out: 0.25 },
				primary: { metric: "mase", minimum_delta: 0, against: "naive" },
				...{ season: 4, series: "shop", secondary: ["mae"], slices: ["shop"] },
			}),
			files: new Map([
				["sales.csv", bytes(sales())],
				["modelwright_eval.py", bytes(SEASONAL)],
			]),
			runner,
		});
		expect(result).toMatchObject({ verdict: "PASS", against: "naive" });
		const of = (wanted: string) =>
			result.systems.find(({ name }) => name === wanted)?.value;
		expect(of("seasonal naive")).toBeCloseTo(result.value ?? 0, 9);
		expect(of("naive")).toBeGreaterThan(2 * (result.value ?? 0));
		expect(of("linear")).toBeDefined();
	},
);
