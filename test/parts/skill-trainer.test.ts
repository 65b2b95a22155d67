// The trainer of tbptt-training: it learns, the same way each time, in flat memory.
import { describe, expect, test } from "vitest";
import { useScripts } from "../support/scripts.ts";

const SCRIPT = "tbptt-training/scripts/train_tbptt.py";
const { has, answer, table } = useScripts([SCRIPT], []);
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

describe.skipIf(!has(SCRIPT))("train_tbptt", () => {
	test("learns the toy task, the same way for the same seed", async () => {
		const learn = async () => {
			const { peak_memory_mb, ...learned } = await answer(SCRIPT);
			return learned;
		};
		const [first, again] = await Promise.all([learn(), learn()]);
		expect(first).toEqual(again);
		expect(first.loss_first).toBeGreaterThan(0.8);
		expect(first.loss_last).toBeLessThan(0.1);
		expect(first.loss_validation).toBeLessThan(0.1);
	});

	test("cannot learn what lies beyond its window, when windows are that short", async () => {
		const args = ["--delay", "20", "--window", "2", "--epochs", "4"];
		const { loss_validation } = await answer(SCRIPT, ...args);
		expect(loss_validation).toBeGreaterThan(0.8);
	});

	test("needs no more memory for a sequence ten times longer", async () => {
		const peak = async (steps: string) => {
			const args = ["--steps", steps, "--epochs", "1"];
			return (await answer(SCRIPT, ...args)).peak_memory_mb;
		};
		const short = await peak("4000");
		expect(short).toBeGreaterThan(50);
		// A trainer that keeps every window's graph needs some 55 MB more.
		expect(await peak("40000")).toBeLessThan(short + 25);
	});

	test("predicts a column of a file better than its last value does", async () => {
		const wave = range(600).map((i) => Math.sin(i / 2).toFixed(5));
		const path = await table("s.csv", ["v", ...wave]);
		const csv = ["--csv", path, "--column", "v", "--streams", "4"];
		const found = await answer(SCRIPT, ...csv);
		expect(found.loss_validation).toBeLessThan(
			found.loss_of_repeating_the_last_value / 4,
		);
	});
});
