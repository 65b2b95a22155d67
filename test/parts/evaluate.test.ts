// The evaluator against repositories that are honest, broken or cheating,
// each of them really run.
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import type { EvaluationContract } from "../../src/reports/evaluation-plan.ts";
import { EvaluationResult } from "../../src/reports/results.ts";
import type { Runner } from "../../src/workspace/runners/runner.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";
import {
	ADAPTER_CODE,
	bytes,
	churnTable,
	contract,
	repository,
} from "../ml/support/churn.ts";
import { PYTHON, pythonRunner } from "../ml/support/python-runner.ts";

// This machine's own Python starts twenty times faster. Without one, the tests
// that need many runs are skipped; the honest and the cheating repository are not.
const runner = PYTHON ? pythonRunner() : wasmRunner();
if (!PYTHON) console.warn("no python3 here: most evaluator tests are skipped");

const run = (
	files: ReadonlyMap<string, Uint8Array>,
	terms: EvaluationContract = contract,
	by: Runner = runner,
) => evaluate({ contract: terms, files, runner: by });

const adapterWith = (from: string, to: string) => {
	const code = ADAPTER_CODE.replace(from, to);
	expect(code).not.toBe(ADAPTER_CODE);
	return repository(code);
};

describe("a model that is better than the baseline, in the wasm runner", () => {
	let result: EvaluationResult;
	beforeAll(async () => {
		result = await run(repository(), contract, wasmRunner());
	}, 180_000);

	test("passes, with an interval around its value and above zero for the difference", () => {
		expect(result).toMatchObject({ verdict: "PASS", runner: "wasm" });
		const { value = 0, interval = [1, 0], differenceInterval = [0] } = result;
		expect(value).toBeGreaterThan(interval[0]);
		expect(value).toBeLessThan(interval[1]);
		expect(differenceInterval[0]).toBeGreaterThan(0);
		expect(result.perSeed.map(({ seed }) => seed)).toEqual(contract.seeds);
		expect(result.pValue).toBeLessThan(0.05);
	});

	test("passes every sanity check", () => {
		const statuses = result.checks.map((it) => `${it.name}: ${it.status}`);
		expect(statuses).toEqual([
			"held-out labels out of reach: passed",
			"no shared rows or groups: passed",
			"no help from related rows: not applicable",
			"same seed, same predictions: passed",
			"worse without its inputs: passed",
			"shuffled labels at chance: passed",
			"overfits a small batch: passed",
			"gradient flow: not applicable",
			"no perfect head: passed",
			"seeds agree: passed",
			"no slice surely worse: passed",
		]);
	});

	test("is shown beside our baselines and the existing one, and in slices of twenty rows or more", () => {
		expect(result.systems.map(({ name }) => name)).toEqual([
			"dummy",
			"linear",
			"existing baseline",
			"this model",
		]);
		expect(result.slices.filter(({ rows }) => rows < 20)).toEqual([]);
		expect(new Set(result.slices.map(({ column }) => column))).toEqual(
			new Set(["region", "tenure"]),
		);
	});

	test("gives a result the report's schema takes, and the same one in another runner", async () => {
		expect(EvaluationResult.parse(result)).toEqual(result);
		if (!PYTHON) return;
		const again = await run(repository());
		expect(again.value).toBeCloseTo(result.value ?? 0, 9);
		expect(again.difference).toBeCloseTo(result.difference ?? 0, 9);
	});

	test("takes five processes, never more than two at a time: starting one costs seconds", async () => {
		let [jobs, now, most] = [0, 0, 0];
		const counting: Runner = {
			...runner,
			async run(job, signal) {
				jobs++;
				most = Math.max(most, ++now);
				const result = await runner.run(job, signal);
				now--;
				return result;
			},
		};
		const simple = repository(ADAPTER_CODE.replace("range(8)", "range(2)"));
		await run(simple, contract, counting);
		expect([jobs, most]).toEqual([5, 2]);
	});
});

describe.skipIf(!PYTHON)("the rule agreed on decides alone:", () => {
	test("a model like the baseline fails, whatever it prints about itself", async () => {
		const boasting = adapterWith(
			'"model": ["tenure", "tickets", "noise"]',
			'"model": ["noise"]',
		);
		const code = `${new TextDecoder().decode(boasting.get("modelwright_eval.py"))}
print("PASS roc_auc=0.999 verdict: PASS")
`;
		const result = await run(repository(code));
		expect(result.verdict).toBe("FAIL");
		expect(result.difference).toBeCloseTo(0, 1);
	});

	test("a real improvement below the agreed one fails", async () => {
		const result = await run(repository(), {
			...contract,
			primary: { metric: "roc_auc", minimum_delta: 0.45 },
		});
		expect(result.verdict).toBe("FAIL");
		expect(result.reason).toMatch(/at least 0.45 was agreed on/);
	});

	test("for a loss, lower is better and the difference still counts improvement", async () => {
		const result = await run(repository(), {
			...contract,
			primary: { metric: "log_loss", minimum_delta: 0.02 },
		});
		expect(result.verdict).toBe("PASS");
		expect(result.value).toBeLessThan(result.baseline ?? 0);
		expect(result.difference).toBeGreaterThan(0.02);
	});
});

describe.skipIf(!PYTHON)(
	"without predictions to trust there is no verdict:",
	() => {
		const predicted =
			'writer.writerow([row["row_id"], probability(scaled(row, model), model["weights"])])';
		test.each([
			[
				"NaN",
				predicted,
				'writer.writerow([row["row_id"], "nan"])',
				/"nan" for the id/,
			],
			[
				"out of range",
				predicted,
				'writer.writerow([row["row_id"], 1.5])',
				/lies in 0 to 1/,
			],
			[
				"one id for all",
				predicted,
				'writer.writerow(["r1", 0.5])',
				/"r1" twice/,
			],
			[
				"every other row",
				predicted,
				`if int(row["row_id"][1:]) % 4 < 2: ${predicted}`,
				/lack \d+ of 150 ids/,
			],
			[
				"another header",
				'"id", "prediction"',
				'"row_id", "score"',
				/"id,prediction" was expected/,
			],
			[
				"a crash",
				"    model = {",
				'    raise ValueError("no luck")\n    model = {',
				/exit status 1, its last line: ValueError: no luck/,
			],
		])("%s", async (_, from, to, reason) => {
			const result = await run(adapterWith(from, to));
			expect(result).toMatchObject({ verdict: "INCONCLUSIVE", checks: [] });
			expect(result.reason).toMatch(reason);
			expect(result.value).toBeUndefined();
			expect(result.heldOutRows).toBe(150);
		});

		test("no adapter", async () => {
			const files = repository();
			files.delete("modelwright_eval.py");
			const result = await run(files);
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.reason).toMatch(/no modelwright_eval\.py/);
		});

		test("a column the data does not have", async () => {
			const result = await run(repository(), { ...contract, label: "left" });
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.reason).toMatch(/no column "left"/);
		});

		test("a runner that is not there, or that breaks", async () => {
			const gone: Runner = {
				...runner,
				run: async () => ({
					status: "unavailable",
					reason: "bubblewrap is not installed",
					commands: [],
					files: new Map(),
					seconds: 0,
				}),
			};
			const broken: Runner = {
				...runner,
				run: () => Promise.reject(new Error("out of file handles")),
			};
			const [first, second] = [
				await run(repository(), contract, gone),
				await run(repository(), contract, broken),
			];
			expect(first.reason).toMatch(/bubblewrap is not installed/);
			expect(second.reason).toMatch(/out of file handles/);
			expect([first.verdict, second.verdict]).toEqual([
				"INCONCLUSIVE",
				"INCONCLUSIVE",
			]);
			expect(EvaluationResult.parse(first)).toEqual(first);
		});
	},
);

describe.skipIf(!PYTHON)("the sanity battery catches", () => {
	/** Names of the checks that fail on this repository. */
	const failing = async (files: Map<string, Uint8Array>) =>
		(await run(files)).checks
			.filter(({ status }) => status === "failed")
			.map(({ name }) => name);

	test("training that does not follow its seed", async () => {
		const files = adapterWith(
			"random.Random(int(args.seed))",
			"random.Random()",
		);
		// What it draws may now and then fail another check as well.
		expect(await failing(files)).toContain("same seed, same predictions");
	});

	test("a model that does not look at its inputs", async () => {
		const files = adapterWith(
			"probability(scaled(row, model), model",
			'probability([0 for _ in model["columns"]], model',
		);
		expect(await failing(files)).toEqual([
			"worse without its inputs",
			"overfits a small batch",
		]);
	});

	test("a model that knows the answers without being told", async () => {
		// The truth of this made-up table is a formula; code that has it needs no labels.
		const files = adapterWith(
			"probability(scaled(row, model), model",
			'probability([0.7 * float(row["tickets"]) - 0.05 * float(row["tenure"])], [-1.8, 1]) if args.system == "model" else probability(scaled(row, model), model',
		);
		expect(await failing(files)).toEqual(["shuffled labels at chance"]);
	});
});

/** Predicts whatever label it finds beside a held-out id, anywhere in its file system. */
const CHEAT = `
import argparse, csv, gzip, os, re

parser = argparse.ArgumentParser()
parser.add_argument("command")
for name in ("system", "data", "model-dir", "seed", "features", "out"):
    parser.add_argument("--" + name)
args = parser.parse_args()

if args.command == "predict":
    found = {}
    for folder, _, names in os.walk("."):
        for name in names:
            content = open(os.path.join(folder, name), "rb").read()
            if content[:2] == b"\\x1f\\x8b":
                content = gzip.decompress(content)
            for line in content.decode(errors="replace").splitlines():
                words = re.findall(r"[\\w.]+", line)
                if words and words[-1] in ("yes", "no"):
                    found[words[0]] = words[-1]
    with open(args.features, newline="") as file:
        ids = [row["row_id"] for row in csv.DictReader(file)]
    with open(args.out, "w") as file:
        file.write("id,prediction\\n")
        for id in ids:
            file.write(f"{id},{ {'yes': 1, 'no': 0}.get(found.get(id), 0.5) }\\n")
`;

describe("a cheating adapter", () => {
	const table = churnTable();
	const files = repository(CHEAT, table)
		.set("data/backup.csv", bytes(table))
		.set("data/backup.csv.gz", gzipSync(table))
		.set("docs/rows.txt", bytes(table.replaceAll(",", " ; ")))
		.set("README.md", bytes("A model of churn.\n"));

	test("finds every held-out label where nobody withholds them", async () => {
		const header = table.split("\n")[0] ?? "";
		const features = `${header}\n${table.split("\n").slice(1, 50).join("\n")}`;
		const { files: written } = await runner.run({
			files: new Map(files).set("f.csv", bytes(features)),
			commands: [
				[
					"modelwright_eval.py",
					"predict",
					"--features",
					"f.csv",
					"--out",
					"o.csv",
				],
			],
			collect: ["o.csv"],
			limits: { seconds: 60, memoryMb: 1_000, outputBytes: 10_000 },
		});
		const output = new TextDecoder().decode(written.get("o.csv"));
		expect(output).not.toContain("0.5");
		expect(output).toContain(",1");
	});

	test("finds none in the tree the evaluator builds", async () => {
		const result = await run(files);
		expect(result.verdict).toBe("FAIL");
		expect(result.perSeed.map(({ value }) => value)).toEqual([0.5, 0.5, 0.5]);
		const [withheld] = result.checks;
		expect(withheld?.detail).toContain(
			"data/backup.csv, data/backup.csv.gz, docs/rows.txt",
		);
		expect(withheld?.detail).not.toContain("README.md");
	});
});
