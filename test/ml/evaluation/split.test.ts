import fc from "fast-check";
import { expect, test } from "vitest";
import { splitRows } from "../../../src/ml/evaluation/split.ts";
import {
	readSubject,
	type Subject,
} from "../../../src/ml/evaluation/subject.ts";
import { inTimeOrder, isTime } from "../../../src/ml/evaluation/time-order.ts";
import type { EvaluationContract } from "../../../src/reports/evaluation-plan.ts";
import { bytes, churnTable, contract } from "../support/churn.ts";

function subjectOf(
	split: EvaluationContract["split"],
	table = churnTable(200),
): Subject {
	const subject = readSubject({ ...contract, split }, bytes(table));
	if ("faults" in subject) throw new Error(subject.faults.join());
	return subject;
}

test("every row is on exactly one side, whatever the kind and share", () => {
	fc.assert(
		fc.property(
			fc.constantFrom("random", "stratified", "group"),
			fc.double({ min: 0.05, max: 0.5, noNaN: true }),
			(kind, held_out) => {
				const group = kind === "group" ? "customer_id" : "none";
				const subject = subjectOf({ kind, group, held_out });
				const { training, heldOut } = splitRows(subject);
				const all = [...training, ...heldOut].sort((a, b) => a - b);
				expect(all).toEqual([...subject.table.rows.keys()]);
				expect(heldOut.length / all.length).toBeCloseTo(held_out, 1);
			},
		),
		{ numRuns: 30 },
	);
});

test("a group split never separates a group", () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 30 }), {
				minLength: 40,
				maxLength: 120,
			}),
			(owners) => {
				const rows = owners.map(
					(owner, i) => `r${i},c${owner},north,1,2,0.5,${i % 2 ? "yes" : "no"}`,
				);
				const header = churnTable(1).split("\n")[0];
				const subject = subjectOf(
					{ kind: "group", group: "customer_id", held_out: 0.3 },
					`${header}\n${rows.join("\n")}\n`,
				);
				const { training, heldOut } = splitRows(subject);
				const known = new Set(training.map((row) => subject.groups[row]));
				return heldOut.every((row) => !known.has(subject.groups[row]));
			},
		),
		{ numRuns: 50 },
	);
});

test("a split by time holds out the latest and leaves the embargo out", () => {
	const split = { kind: "time", group: "tenure", held_out: 0.25 } as const;
	const subject = subjectOf({ ...split, embargo: 2 });
	const { training, heldOut } = splitRows(subject);
	const times = (rows: readonly number[]) =>
		rows.map((row) => Number(subject.groups[row]));
	const all = [...new Set(times([...subject.groups.keys()]))];
	const [latest, earliest] = [
		Math.max(...times(training)),
		Math.min(...times(heldOut)),
	];
	const between = all.filter((time) => time > latest && time < earliest);
	expect(between).toHaveLength(2);
	expect(new Set(times(heldOut)).size / all.length).toBeCloseTo(0.25, 1);
});

test("times are put in order as numbers or as dates, and told from other text", () => {
	expect(inTimeOrder(["10", "9", "9"])).toEqual(["9", "10"]);
	expect(inTimeOrder(["2026-02-01", "2025-12-31"])[0]).toBe("2025-12-31");
	expect(isTime(["2026-02-01", "2025-12-31"])).toBe(true);
	expect(isTime(["2026-02-01", "2025-12"])).toBe(false);
	expect(isTime(["01/02/2026", "03/02/2026"])).toBe(false);
	expect(isTime(["1", ""])).toBe(false);
});

test("a stratified split keeps the share of positives", () => {
	const subject = subjectOf({
		kind: "stratified",
		group: "none",
		held_out: 0.3,
	});
	const share = (rows: readonly number[]) =>
		rows.filter((row) => subject.truth[row] === 1).length / rows.length;
	const { training, heldOut } = splitRows(subject);
	expect(share(heldOut)).toBeCloseTo(share(training), 1);
});

test("the same contract draws the same rows, another contract others", () => {
	const split = { kind: "random", group: "none", held_out: 0.2 } as const;
	const subject = subjectOf(split);
	expect(splitRows(subject)).toEqual(splitRows(subjectOf(split)));
	const other = {
		...subject,
		contract: { ...subject.contract, seeds: [7, 8, 9] },
	};
	expect(splitRows(other).heldOut).not.toEqual(splitRows(subject).heldOut);
});

test("rows without a label are on neither side", () => {
	const table = churnTable(50).replace(/^(r3,.*),(yes|no)$/m, "$1,");
	const subject = subjectOf(
		{ kind: "random", group: "none", held_out: 0.2 },
		table,
	);
	expect(subject.ids).toHaveLength(49);
	expect(subject.ids).not.toContain("r3");
});
