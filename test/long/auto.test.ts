// Real trees, real runners: what the standard library can do stays in
// WebAssembly, what needs a library goes to the box that has it.
import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { offeredRunner } from "../../src/workspace/runners/offered.ts";
import { runTests } from "../../src/workspace/runners/unit-tests.ts";
import { bytes, contract, repository } from "../ml/support/churn.ts";
import { hasBubblewrap } from "../support/bubblewrap.ts";
import { hasLibrary } from "../support/python.ts";

const auto = offeredRunner({ runner: "auto" });

const tree = (files: Record<string, string>) =>
	new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)]));

const ADAPTER = `
import argparse, joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

COLUMNS = {"model": ["tenure", "tickets"], "baseline": ["noise"]}
parser = argparse.ArgumentParser()
parser.add_argument("command")
for name in ("system", "data", "model-dir", "seed", "features", "out"):
    parser.add_argument("--" + name)
args = parser.parse_args()
path = f"{args.model_dir}/model.joblib"
columns = COLUMNS[args.system]
if args.command == "train":
    rows = pd.read_csv(args.data)
    model = make_pipeline(StandardScaler(), LogisticRegression(random_state=int(args.seed)))
    joblib.dump(model.fit(rows[columns], rows["churned"] == "yes"), path)
else:
    rows = pd.read_csv(args.features)
    scores = joblib.load(path).predict_proba(rows[columns])[:, 1]
    pd.DataFrame({"id": rows["row_id"], "prediction": scores}).to_csv(args.out, index=False)
`;

describe("unit tests", () => {
	it("of the standard library stay in WebAssembly", async () => {
		const run = await runTests(
			tree({
				"tests/test_one.py":
					"import unittest, math\nclass One(unittest.TestCase):\n    def test_one(self): self.assertEqual(math.floor(1.5), 1)\n",
			}),
			auto,
		);
		expect(run).toMatchObject({ runner: "wasm", status: "passed", passed: 1 });
	}, 180_000);

	it.skipIf(!hasBubblewrap || !hasLibrary("pytest"))(
		"that need pytest run in the box that has it, and are counted",
		async () => {
			const run = await runTests(
				tree({
					"tests/test_one.py":
						"import pytest\ndef test_one(): assert 1 == 1\ndef test_two(): assert 1 == 2\n@pytest.mark.skip\ndef test_three(): pass\n",
				}),
				auto,
			);
			expect(run).toMatchObject({
				...{ runner: "bubblewrap", status: "failed" },
				...{ passed: 1, failed: 1 },
			});
			expect(run.output).toContain("assert 1 == 2");
		},
		180_000,
	);
});

it.skipIf(!hasBubblewrap || !hasLibrary("pandas") || !hasLibrary("sklearn"))(
	"a model of scikit-learn is trained and judged in the box, all checks included",
	async () => {
		const files = repository(ADAPTER);
		const result = await evaluate({ contract, files, runner: auto });
		expect(result).toMatchObject({ verdict: "PASS", runner: "bubblewrap" });
		expect(result.checks.filter(({ status }) => status === "failed")).toEqual(
			[],
		);
	},
	180_000,
);
