// Where the labels are and who computes: kept by the operator, or reported by
// the repository's own script.
import { afterAll, describe, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { forecastEvaluation } from "../../src/ml/evaluation/power.ts";
import { smokeRun } from "../../src/ml/evaluation/smoke.ts";
import type { EvaluationContract } from "../../src/reports/evaluation-plan.ts";
import {
	bytes,
	churnTable,
	contract,
	repository,
} from "../ml/support/churn.ts";
import { forkingRunner } from "../ml/support/forking-runner.ts";
import { hasPython } from "../support/python.ts";

const runner = forkingRunner("import argparse, csv, json, math, random");
afterAll(() => runner.close());

const [HEADER = "", ...ROWS] = churnTable().trim().split("\n");
/** Of the last customers the repository knows no label, or not even the row. */
const [KNOWN, OTHERS] = [ROWS.slice(0, 450), ROWS.slice(450)];
const joined = (...rows: string[][]) =>
	bytes(`${[HEADER, ...rows.flat()].join("\n")}\n`);
const labelsAlone = bytes(
	`row_id,churned\n${OTHERS.map((row) => `${row.split(",")[0]},${row.split(",").at(-1)}`).join("\n")}\n`,
);
const unlabelled = OTHERS.map((row) => row.replace(/,(yes|no)$/, ","));

const blind: EvaluationContract = { ...contract, labels: "operator" };
const filesWith = (table: Uint8Array) =>
	repository().set("data/churn.csv", table);

describe.skipIf(!hasPython)("labels that the operator keeps", () => {
	test("judge rows that the repository holds without them", async () => {
		const files = filesWith(joined(KNOWN, unlabelled));
		const result = await evaluate({
			contract: blind,
			files,
			labels: labelsAlone,
			runner,
		});
		expect(result).toMatchObject({
			verdict: "PASS",
			heldOutRows: 150,
			trainingRows: 450,
		});
	});

	test("or rows that it does not hold at all, the same way", async () => {
		const files = filesWith(joined(KNOWN));
		const whole = joined(OTHERS);
		const request = { contract: blind, files, labels: whole, runner };
		expect((await smokeRun(request)).status).toBe("passed");
		expect((await evaluate(request)).heldOutRows).toBe(150);
	});

	test("are no longer those that were approved: INCONCLUSIVE", async () => {
		const pins = { labels: "0".repeat(64) };
		const files = filesWith(joined(KNOWN));
		const result = await evaluate({
			...{ contract: blind, files, labels: joined(OTHERS), pins, runner },
		});
		expect(result).toMatchObject({
			...{ verdict: "INCONCLUSIVE", cause: "contract" },
			reason: expect.stringMatching(
				/operator's labels changed since .* 00000000/,
			),
		});
	});
});

test.each<[string, Uint8Array | undefined, Uint8Array, RegExp]>([
	[
		"are missing",
		undefined,
		joined(KNOWN),
		/has not given the labels; a CSV with row_id and churned was expected at labels\/<owner>\/<repository>\/data\/churn\.csv/,
	],
	[
		"are in the repository, too",
		labelsAlone,
		joined(ROWS),
		/"r450" has its label in the repository, too, so it is not blind/,
	],
	[
		"have no features",
		labelsAlone,
		joined(KNOWN),
		/"r450" is not in data\/churn\.csv, and its file lacks columns/,
	],
])(
	"it is said at the gate when the operator's labels %s",
	(_, labels, table, words) => {
		const { faults } = forecastEvaluation(blind, table, { labels });
		expect(faults).toEqual([expect.stringMatching(words)]);
	},
);

test("data that lies elsewhere cannot be had, which is said at the gate", () => {
	const pointer = bytes(
		"version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n",
	);
	expect(forecastEvaluation(contract, pointer).faults).toEqual([
		expect.stringMatching(/^data\/churn\.csv is a pointer of Git LFS/),
	]);
});

describe.skipIf(!hasPython)("what the repository's own script reports", () => {
	const terms: EvaluationContract = {
		...contract,
		primary: { metric: "accuracy", minimum_delta: 0.1 },
		reported: { script: "score.py", metric: "bleu", higher_is_better: true },
	};
	const saying = (figure: string, more = "") =>
		filesWith(joined(ROWS)).set(
			"score.py",
			bytes(`
import json, sys
options = dict(zip(sys.argv[1::2], sys.argv[2::2]))
${more}
with open(options["--out"], "w") as file:
    json.dump({"bleu": ${figure}}, file)
`),
		);
	const judge = (files: Map<string, Uint8Array>, pins = {}) =>
		evaluate({ contract: terms, files, pins, runner });

	test("passes with the mark that it was reported, when every seed is better", async () => {
		const result = await judge(
			saying(
				'0.4 + int(options["--seed"]) / 100 if options["--system"] == "model" else 0.2',
			),
		);
		expect(result).toMatchObject({
			...{ verdict: "PASS", trust: "reported", metric: "bleu" },
			...{ value: expect.closeTo(0.42), baseline: 0.2 },
			reason: expect.stringMatching(/as score\.py reports it/),
		});
		expect(result.interval).toBeUndefined();
	});

	test.each([
		[
			"one seed that is no better",
			'0.1 if options["--seed"] == "2" else 0.5 if options["--system"] == "model" else 0.2',
			"FAIL",
			/the worst seed says 0\.100/,
		],
		[
			"too little",
			'0.25 if options["--system"] == "model" else 0.2',
			"FAIL",
			/differs by 0\.050/,
		],
		[
			"no number",
			'"0.9"',
			"INCONCLUSIVE",
			/wrote no finite number "bleu" for the model, seed 1/,
		],
		["not a number", 'float("nan")', "INCONCLUSIVE", /wrote no finite number/],
	])("with %s it does not", async (_, figure, verdict, words) => {
		expect(await judge(saying(figure))).toMatchObject({
			...{ verdict, trust: "reported" },
			reason: expect.stringMatching(words),
		});
	});

	test("counts only by the script that was approved, and as it was when it began", async () => {
		const honest = saying("0.4");
		const other = await judge(honest, { script: "f".repeat(64) });
		expect(other.reason).toMatch(/evaluation script changed since .* ffffffff/);
		const selfish = await judge(
			saying("0.4", 'with open(sys.argv[0], "a") as own: own.write("# more")'),
		);
		expect(selfish.reason).toMatch(/score\.py was changed while it ran/);
	});

	test("the gate pins the script by its digest", () => {
		const script = bytes("print()");
		const { faults, pins } = forecastEvaluation(terms, undefined, { script });
		expect(faults).toEqual([]);
		expect(pins?.script).toHaveLength(64);
		expect(forecastEvaluation(terms, undefined).faults).toEqual([
			"there is no script score.py in the repository",
		]);
	});
});
