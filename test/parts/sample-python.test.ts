// The sample and everything proposed for it, run by the machine's own Python.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSample } from "../../src/local/sample/sample.ts";
import { writtenFiles } from "../../src/local/scripted-model/answers/code/written-files.ts";
import {
	Checkout,
	type Files,
	fixAll,
	hasPython,
} from "../local/sample/checkout.ts";

const SEEDS = [42, 7];
const TESTS = ["-m", "unittest", "discover"];

const open: Checkout[] = [];
function checkOut(files: Files): Checkout {
	const checkout = new Checkout().write(files);
	open.push(checkout);
	return checkout;
}
afterAll(() => {
	for (const checkout of open) checkout.remove();
});

describe.skipIf(!hasPython).each(SEEDS)("the repository of seed %i", (seed) => {
	const { files, truth } = buildSample(seed);
	const after7 = { ...files, ...writtenFiles(7) };
	const after8 = { ...after7, ...writtenFiles(8) };
	const after9 = { ...after8, ...writtenFiles(9) };
	const fixed = { ...fixAll(after9, truth.leak), ...writtenFiles("fix") };

	test.concurrent.each([
		["as it is", files, 20],
		["with the model", after7, 34],
		["with the training", after8, 44],
		["with the integration", after9, 47],
		["with all fixes", fixed, 50],
	])("passes its tests %s", async (_, tree, count) => {
		const { exit, output } = await checkOut(tree).python(...TESTS);
		expect(output).toContain(`Ran ${count} tests`);
		expect(exit, output).toBe(0);
	});

	test.concurrent("fails the regression test as long as the leak is there", async () => {
		const leaking = checkOut({ ...files, ...writtenFiles("fix") });
		const { exit, output } = await leaking.python(...TESTS);
		expect(exit).toBe(1);
		expect(output).toContain("FAIL: test_held_out_labels_change_no_feature");
	});

	test.concurrent("prints its baseline's figures", async () => {
		const { output } = await checkOut(files).python("-m", "churn.evaluate");
		expect(output).toMatch(/PR-AUC: 0\.\d+/);
	});

	describe.each([
		["before the fixes", after9],
		["after the fixes", fixed],
	])("judged from outside, %s", (_, tree) => {
		let checkout: Checkout;
		const held = holdOut(files, truth.names);

		beforeAll(() => {
			checkout = checkOut({ ...tree, ...held.tables });
		});

		async function predictionsOf(system: string, model: string) {
			const both = ["--system", system, "--model-dir", model];
			for (const args of [
				["train", ...both, "--data", "train.csv", "--seed", "11"],
				[
					"predict",
					...both,
					"--features",
					"features.csv",
					"--out",
					`${model}.csv`,
				],
			]) {
				const { exit, output } = await checkout.python(
					"modelwright_eval.py",
					...args,
				);
				expect(exit, output).toBe(0);
			}
			return readFileSync(join(checkout.folder, `${model}.csv`), "utf8");
		}

		test.concurrent("the model beats the baseline clearly and repeats itself", async () => {
			const [model, again, baseline] = await Promise.all([
				predictionsOf("model", "first"),
				predictionsOf("model", "second"),
				predictionsOf("baseline", "baseline"),
			]);
			expect(again).toBe(model);
			const [ours, theirs, best] = [model, baseline, held.oracle(truth)].map(
				(text) => averagePrecision(held.labels, text ?? ""),
			) as [number, number, number];
			expect(ours - theirs).toBeGreaterThan(0.05);
			expect(theirs).toBeGreaterThan(truth.positiveShare);
			// More than the truth itself knows would be a leak.
			expect(ours).toBeLessThan(best);
		});
	});
});

/** A fifth of the customers, apart from the rest, their labels kept here. */
function holdOut(
	files: Files,
	names: { group: string; label: string; id: string },
) {
	const lines = (files["data/customers.csv"] ?? "").trimEnd().split("\n");
	const [header = [], ...rows] = lines.map((line) => line.split(","));
	const at = (name: string) => header.indexOf(name);
	const isHeld = (row: string[]) =>
		Number(row[at(names.group)]?.slice(1)) % 5 === 0;
	const held = rows.filter(isHeld);
	const csv = (table: string[][]) =>
		`${table.map((r) => r.join(",")).join("\n")}\n`;
	return {
		labels: new Map(
			held.map((row) => [row[at(names.id)], row[at(names.label)]]),
		),
		tables: {
			"train.csv": csv([header, ...rows.filter((row) => !isHeld(row))]),
			"features.csv": csv(
				[header, ...held].map((row) => row.toSpliced(at(names.label), 1)),
			),
		},
		oracle: ({
			probabilities,
		}: {
			probabilities: Readonly<Record<string, number>>;
		}) =>
			csv([
				["id", "prediction"],
				...held.map((row) => {
					const id = row[at(names.id)] ?? "";
					return [id, String(probabilities[id])];
				}),
			]),
	};
}

function averagePrecision(
	labels: ReadonlyMap<string | undefined, string | undefined>,
	predictions: string,
): number {
	const [header, ...rows] = predictions.trim().split(/\r?\n/);
	expect(header).toBe("id,prediction");
	expect(rows.length).toBe(labels.size);
	const ranked = rows
		.map((row) => row.split(","))
		.map(([id, score]) => ({
			hit: labels.get(id) === "1",
			score: Number(score),
		}))
		.sort((a, b) => b.score - a.score);
	let hits = 0;
	let sum = 0;
	for (const [rank, { hit }] of ranked.entries())
		if (hit) sum += ++hits / (rank + 1);
	return sum / hits;
}
