// Learning curves and run ids that training leaves behind.
import { afterAll, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { resultsView } from "../../src/views/phases/results.ts";
import {
	ADAPTER_CODE,
	bytes,
	contract,
	repository,
} from "../ml/support/churn.ts";
import { forkingRunner } from "../ml/support/forking-runner.ts";
import { hasPython } from "../support/python.ts";
import { reports } from "../views/samples.ts";

const runner = forkingRunner(
	"import argparse, csv, glob, json, math, os, random, sys",
);
afterAll(() => runner.close());

/** Logs its epochs in a file of its own, and as MLflow lays them out. */
const LOGGING = ADAPTER_CODE.replace(
	"    for epoch in range(8):\n",
	`    import os
    run = f"mlruns/0/{args.system}{args.seed}/metrics"
    os.makedirs(run, exist_ok=True)
    for epoch in range(8):
        with open(args.model_dir + "/log.jsonl", "a") as log:
            log.write(json.dumps({"epoch": epoch, "loss[x]": 1 / (epoch + 1), "note": "x"}) + "\\n")
        with open(run + "/val_auc", "a") as log: log.write(f"1700000000 {0.5 + epoch / 20} {epoch}\\n")
`,
);

const judge = (more: Record<string, string> = {}) =>
	evaluate({
		contract,
		files: new Map([
			...repository(LOGGING),
			...Object.entries(more).map(
				([path, text]) => [path, bytes(text)] as const,
			),
		]),
		runner,
	});

test.skipIf(!hasPython)(
	"curves that training logged are drawn, and its runs named",
	async () => {
		const result = await judge({ "mlruns/0/committed/metrics/old": "1 2 3" });
		expect(result.verdict).toBe("PASS");
		expect(
			result.curves?.map(({ name, points }) => [name, points.length]),
		).toEqual([
			["loss[x]", 8],
			["val_auc", 8],
		]);
		expect(result.tracked).toEqual([
			"MLflow model1",
			"MLflow model2",
			"MLflow model3",
		]);
		const { details } = resultsView(
			{ ...reports.results, result },
			{} as never,
		);
		const text = details.map(({ markdown }) => markdown).join("\n");
		expect(text).toContain('title "loss x as logged in training, first seed"');
		expect(text).toContain("line [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85]");
		expect(text).toContain("`MLflow model1`");
	},
);

test.skipIf(!hasPython)(
	"what cannot be read of the log keeps nobody from judging",
	async () => {
		const broken = await judge({
			"json.py": "",
			"glob.py": "raise SystemExit(3)",
		});
		expect(broken.reason).not.toMatch(/glob/);
	},
);
