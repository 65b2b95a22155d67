// What an adapter shows of its gradients, and what is said where it shows none.
import { describe, expect, test } from "vitest";
import { gradientFlow } from "../../../src/ml/evaluation/gradient-flow.ts";
import type { Bench } from "../../../src/ml/evaluation/run-systems.ts";
import { splitRows } from "../../../src/ml/evaluation/split.ts";
import { readSubject } from "../../../src/ml/evaluation/subject.ts";
import { ADAPTER } from "../../../src/ml/evaluation/trials.ts";
import type { JobResult } from "../../../src/workspace/runners/runner.ts";
import { bytes, churnTable, contract, repository } from "../support/churn.ts";

const OUTPUT = "modelwright-evaluation/gradients.csv";
const WITH_TORCH = { "net.py": "import torch\n" };
const WITH_COMMAND = { [ADAPTER]: 'if command == "gradients": show()\n' };

function benchWith(
	files: Readonly<Record<string, string>>,
	csv?: string,
	more: Partial<JobResult> = {},
) {
	const subject = readSubject(contract, bytes(churnTable()));
	if ("faults" in subject) throw new Error(subject.faults.join());
	const tree = new Map(repository());
	for (const [path, text] of Object.entries(files)) tree.set(path, bytes(text));
	const jobs: unknown[] = [];
	const bench = {
		subject,
		split: splitRows(subject),
		tree: { files: tree, withheld: [] },
		runner: {
			name: "wasm",
			selfTest: async () => ({ ok: true }),
			async run(job: { commands: unknown }): Promise<JobResult> {
				jobs.push(job.commands);
				return {
					...{ status: "ok", reason: "", commands: [], seconds: 1 },
					files: new Map(csv === undefined ? [] : [[OUTPUT, bytes(csv)]]),
					...more,
				};
			},
		},
	} as unknown as Bench;
	return { bench, jobs };
}

describe("gradient flow", () => {
	test("does not apply to a model without gradients, and nothing is run for it", async () => {
		const { bench, jobs } = benchWith({});
		expect(await gradientFlow(bench)).toMatchObject({
			status: "not applicable",
			detail: expect.stringContaining("nothing here is trained by gradients"),
		});
		expect(jobs).toEqual([]);
	});

	test("is said not to be measured where the adapter does not show it", async () => {
		const { bench } = benchWith(WITH_TORCH);
		expect(await gradientFlow(bench)).toMatchObject({
			status: "not applicable",
			detail: expect.stringMatching(/torch is imported.*not measured/),
		});
	});

	test("holds when a finite gradient above zero reaches every parameter", async () => {
		const csv = "parameter,norm\nfirst.weight,0.5\nlast.weight,1e-4\n";
		const { bench, jobs } = benchWith({ ...WITH_TORCH, ...WITH_COMMAND }, csv);
		expect(await gradientFlow(bench)).toMatchObject({ status: "passed" });
		expect(jobs).toEqual([
			[expect.arrayContaining([ADAPTER, "gradients", "--out", OUTPUT])],
		]);
	});

	test.each([
		["is zero", "parameter,norm\nfirst.weight,0\nlast.weight,1\n", "1 of 2"],
		["is no number", "parameter,norm\nfirst.weight,nan\n", "first.weight"],
		["is missing", undefined, "no CSV"],
		["has another form", "a,b\n1,2\n", "no CSV"],
	])("fails when a gradient %s", async (_, csv, words) => {
		const { bench } = benchWith({ ...WITH_TORCH, ...WITH_COMMAND }, csv);
		expect(await gradientFlow(bench)).toMatchObject({
			status: "failed",
			detail: expect.stringContaining(words),
		});
	});

	test("fails with the runner's reason when the command does not end well", async () => {
		const { bench } = benchWith({ ...WITH_TORCH, ...WITH_COMMAND }, undefined, {
			status: "timed out",
			reason: "120 s were not enough",
		});
		expect(await gradientFlow(bench)).toMatchObject({
			status: "failed",
			detail: expect.stringContaining("120 s were not enough"),
		});
	});
});
