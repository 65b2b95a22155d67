// The evaluator's process is real; what runs in the runner is not its concern.
import { describe, expect, test } from "vitest";
import {
	evaluateApart,
	forecastApart,
	smokeRunApart,
} from "../../../src/ml/evaluation/apart/evaluator.ts";
import { evaluate } from "../../../src/ml/evaluation/evaluate.ts";
import { forecastEvaluation } from "../../../src/ml/evaluation/power.ts";
import type {
	Job,
	JobResult,
	Runner,
} from "../../../src/workspace/runners/runner.ts";
import { bytes, churnTable, contract } from "../support/churn.ts";

const files = new Map([
	["data/churn.csv", bytes(churnTable())],
	["modelwright_eval.py", bytes("")],
]);

/** Predicts by the sum of an id's digits, whatever it is asked to run. */
function oracle(jobs: Job[] = []): Runner {
	return {
		name: "wasm",
		bare: true,
		selfTest: async () => ({ ok: true }),
		async run(job): Promise<JobResult> {
			jobs.push(job);
			return {
				...{ status: "ok", reason: "", seconds: 0 },
				commands: job.commands.map((args) => ({
					...{ args, exit: 0, output: "", seconds: 0.01 },
				})),
				files: new Map(job.collect.map((path) => [path, guesses(job, path)])),
			};
		},
	};
}

function guesses({ files, commands }: Job, out: string): Uint8Array {
	const args = commands.find((words) => words.includes(out)) ?? [];
	const features = args[args.indexOf("--features") + 1] ?? "";
	const table = Buffer.from(files.get(features) ?? []).toString();
	const [header = "", ...rows] = table.trim().split("\n");
	const at = header.split(",").indexOf(contract.id);
	const digits = (id: string) =>
		[...id].reduce((sum, digit) => sum + (Number(digit) || 0), 0);
	const lines = rows
		.map((row) => row.split(",")[at] ?? "")
		.map((id) => `${id},${(digits(id) % 10) / 10}`);
	return bytes(`id,prediction\n${lines.join("\n")}\n`);
}

describe("the evaluator in a process of its own", () => {
	test("judges as it does in this one, by what the runner here brings", async () => {
		const [here, apart]: [Job[], Job[]] = [[], []];
		const request = { contract, files };
		const expected = await evaluate({ ...request, runner: oracle(here) });
		const result = await evaluateApart({ ...request, runner: oracle(apart) });
		expect(expected.perSeed).toHaveLength(contract.seeds.length);
		expect({ ...result, seconds: 0 }).toEqual({ ...expected, seconds: 0 });
		expect(apart.map(({ commands }) => commands)).toEqual(
			here.map(({ commands }) => commands),
		);
	});

	test("says what a runner that breaks has said", async () => {
		const runner: Runner = {
			...oracle(),
			run: () => Promise.reject(new Error("no room")),
		};
		const { verdict, reason } = await evaluateApart({
			...{ contract, files, runner },
		});
		expect(verdict).toBe("INCONCLUSIVE");
		expect(reason).toContain("no room");
	});

	test("ends when it is stopped, with a result that says so", async () => {
		const stop = new AbortController();
		const runner: Runner = {
			...oracle(),
			run: () => {
				stop.abort();
				return new Promise(() => {});
			},
		};
		const request = { contract, files, runner, signal: stop.signal };
		expect(await evaluateApart(request)).toMatchObject({
			verdict: "INCONCLUSIVE",
			reason: "the evaluator broke: it was stopped",
		});
		expect(await smokeRunApart(request)).toMatchObject({
			status: "not run",
			reason: "the smoke run broke: it was stopped",
		});
	});

	test("forecasts what a contract can show as it does in this one", async () => {
		const table = files.get("data/churn.csv");
		expect(await forecastApart(contract, table, {})).toEqual(
			forecastEvaluation(contract, table),
		);
	});
});
