// What the predictions alone show.
import { describe, expect, test } from "vitest";
import { perfectHead } from "../../../src/ml/evaluation/checks/perfect-head.ts";
import { seedSpread } from "../../../src/ml/evaluation/checks/seed-spread.ts";
import { worstSlice } from "../../../src/ml/evaluation/checks/worst-slice.ts";
import { randomOf } from "../../../src/ml/evaluation/random.ts";
import type { Bench } from "../../../src/ml/evaluation/run-systems.ts";
import { splitRows } from "../../../src/ml/evaluation/split.ts";
import {
	readSubject,
	type Subject,
} from "../../../src/ml/evaluation/subject.ts";
import { bytes, churnTable, contract } from "../support/churn.ts";

const subject = readSubject(contract, bytes(churnTable(1_600))) as Subject;
const split = splitRows(subject);
const bench = { subject, split, baselines: [] } as unknown as Bench;
const truth = split.heldOut.map((row) => subject.truth[row] as number);
const cells = (name: string) => {
	const at = subject.table.columns.indexOf(name);
	return split.heldOut.map((row) => subject.table.rows[row]?.[at] ?? "");
};

/** As if normal in each class, so many standard deviations apart. */
function scores(distance: number, key: string): Float64Array {
	const { next } = randomOf(key);
	const normal = () =>
		[1, 2, 3, 4, 5, 6].reduce((sum) => sum + next(), -3) * Math.SQRT2;
	return Float64Array.from(
		truth,
		(label) => 1 / (1 + Math.exp(-(distance * label + normal()))),
	);
}
const flat = new Float64Array(truth.length).fill(0.5);

describe("a head of the ranking without a single error", () => {
	test("is found where a column tells some positives", () => {
		const { next } = randomOf("told");
		const told = scores(0.8, "a").map((p, i) =>
			truth[i] && next() < 0.4 ? 1 : 0.9 * p,
		);
		const { status, detail } = perfectHead(bench, {
			model: [told],
			baseline: [],
		});
		expect(status).toBe("failed");
		expect(detail).toMatch(
			/^the first \d+ of \d+ positives stand before every negative; about \d+ would/,
		);
	});

	test("is not found in models that are merely good, up to perfect ones", () => {
		for (const distance of [0.5, 1, 2, 3, 4, 9])
			for (const key of ["a", "b", "c", "d", "e"]) {
				const model = [scores(distance, key)];
				expect(
					perfectHead(bench, { model, baseline: [] }).status,
					`${distance} ${key}`,
				).toBe("passed");
			}
	});
});

test("seeds of which some gain and some lose are told", () => {
	const good = scores(1, "good");
	const bad = good.map((p) => 1 - p);
	const look = (...model: Float64Array[]) =>
		seedSpread(bench, { model, baseline: [flat] });
	expect(look(good, scores(1, "other"), good).status).toBe("passed");
	expect(look(good, bad, good)).toMatchObject({
		status: "failed",
		detail: expect.stringMatching(
			/over 3 seeds; some are better than, others not/,
		),
	});
});

describe("a slice in which the model is surely worse", () => {
	const region = cells("region");
	const good = scores(2, "good");
	const against = (model: Float64Array) =>
		worstSlice(bench, { model: [model], baseline: [scores(1, "rival")] });

	test("is named though the whole is better", () => {
		const unfair = good.map((p, i) => (region[i] === "north" ? 1 - p : p));
		expect(against(unfair)).toMatchObject({
			status: "failed",
			detail: expect.stringMatching(
				/gains least where region = north: ROC-AUC 0\.\d+ against 0\.\d+, better by -/,
			),
		});
	});

	test("is not one that gains less than others", () => {
		const uneven = scores(1.2, "some").map((p, i) =>
			region[i] === "north" ? p : (good[i] as number),
		);
		expect(against(uneven).status).toBe("passed");
	});
});
