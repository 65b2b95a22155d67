import { describe, expect, test } from "vitest";
import { smokeRun } from "../../src/ml/evaluation/smoke.ts";
import { splitRows } from "../../src/ml/evaluation/split.ts";
import { readSubject } from "../../src/ml/evaluation/subject.ts";
import type {
	Job,
	JobResult,
	Runner,
} from "../../src/workspace/runners/runner.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";
import { bytes, contract, repository } from "../ml/support/churn.ts";

/** Keeps the jobs it is given; each ends with this last line of output. */
function runnerThat(last: string): Runner & { jobs: Job[] } {
	const jobs: Job[] = [];
	return {
		name: "wasm",
		jobs,
		selfTest: async () => ({ ok: true }),
		async run(job): Promise<JobResult> {
			jobs.push(job);
			return {
				status: "failed",
				reason: "a command failed",
				commands: [
					{ args: job.commands[0] ?? [], exit: 1, output: last, seconds: 0 },
				],
				files: new Map(),
				seconds: 0,
			};
		},
	};
}

describe("the smoke run", () => {
	test("trains and predicts with both systems, really", async () => {
		const result = await smokeRun({
			...{ contract, files: repository(), runner: wasmRunner() },
		});
		expect(result).toMatchObject({
			status: "passed",
			reason: "model and baseline trained on 45 rows and predicted 16 others",
		});
	}, 90_000);

	test("fails on predictions that are not what was asked for", async () => {
		const fails = runnerThat("");
		const runner: Runner = {
			...fails,
			run: async (job) => ({
				...(await fails.run(job)),
				status: "ok",
				files: new Map(job.collect.map((path) => [path, bytes("a,b\n1,2\n")])),
			}),
		};
		const result = await smokeRun({ contract, files: repository(), runner });
		expect(result.status).toBe("failed");
		expect(result.reason).toMatch(/"id,prediction" was expected/);
	});

	test("without an adapter fails and says what is missing", async () => {
		const files = new Map(repository());
		files.delete("modelwright_eval.py");
		const runner = runnerThat("");
		const result = await smokeRun({ contract, files, runner });
		expect(result).toMatchObject({
			status: "failed",
			reason: "there is no modelwright_eval.py at the repository's root",
		});
		expect(runner.jobs).toEqual([]);
	});

	test("puts no held-out row into the runner, not even its features", async () => {
		const runner = runnerThat("ValueError: no");
		const files = repository();
		files.set("data/copy.csv", files.get(contract.data) ?? bytes(""));
		await smokeRun({ contract, files, runner });
		const subject = readSubject(contract, files.get(contract.data));
		if ("faults" in subject) throw new Error("the contract fits the table");
		const held = splitRows(subject).heldOut.map((row) => subject.ids[row]);
		const seen = [...(runner.jobs[0]?.files.values() ?? [])]
			.map((file) => new TextDecoder().decode(file))
			.join("\n");
		expect(held.length).toBeGreaterThan(100);
		expect(held.filter((id) => seen.includes(`\n${id},`))).toEqual([]);
		expect(seen).toMatch(/\nr\d+,/);
	});

	test("on a machine without a library the code needs is not run, not failed", async () => {
		const missing = "ModuleNotFoundError: No module named 'torch'";
		const result = await smokeRun({
			...{ contract, files: repository(), runner: runnerThat(missing) },
		});
		expect(result).toMatchObject({
			status: "not run",
			reason: "the wasm runner does not have torch",
		});
	});

	test("of a contract that the data does not bear is not run", async () => {
		const result = await smokeRun({
			contract: { ...contract, label: "gone" },
			...{ files: repository(), runner: runnerThat("") },
		});
		expect(result).toMatchObject({ status: "not run" });
		expect(result.reason).toContain('no column "gone"');
	});
});
