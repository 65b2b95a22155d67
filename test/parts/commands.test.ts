// A repository without our adapter, but with commands of its own, really judged.
import { expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { smokeRun } from "../../src/ml/evaluation/smoke.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";
import {
	ADAPTER_CODE,
	bytes,
	contract,
	repository,
} from "../ml/support/churn.ts";
import { PYTHON, pythonRunner } from "../ml/support/python-runner.ts";

const runner = PYTHON ? pythonRunner() : wasmRunner();
const files = repository("").set("tools/fit.py", bytes(ADAPTER_CODE));
const commands = {
	train:
		"python tools/fit.py train --system={system} --data {data} --model-dir {model_dir} --seed {seed}",
	predict:
		'python tools/fit.py predict --model-dir "{model_dir}" --system {system} --features {features} --out {out}',
};

test("the configured commands train and predict for the verdict", async () => {
	const request = { contract, files, runner };
	expect(await evaluate({ ...request, commands })).toMatchObject({
		verdict: "PASS",
	});
	expect(await evaluate(request)).toMatchObject({
		verdict: "INCONCLUSIVE",
		reason: expect.stringContaining("modelwright_eval.py"),
	});
}, 720_000);

test("and for the smoke run", async () => {
	const request = { contract, files, runner, commands };
	expect(await smokeRun(request)).toMatchObject({ status: "passed" });
}, 180_000);
