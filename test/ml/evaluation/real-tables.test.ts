// What tables in public repositories are like: without ids, in Latin-1, with
// semicolons, with columns that nobody named, with months that are no ISO dates.
import { expect, test } from "vitest";
import { contractFaults } from "../../../src/ml/evaluation/contract-faults.ts";
import { filesForTests } from "../../../src/ml/evaluation/files-for-tests.ts";
import { randomOf } from "../../../src/ml/evaluation/random.ts";
import { splitRows } from "../../../src/ml/evaluation/split.ts";
import {
	readSubject,
	type Subject,
} from "../../../src/ml/evaluation/subject.ts";
import { inTimeOrder, isTime } from "../../../src/ml/evaluation/time-order.ts";
import {
	featuresOf,
	tableOf,
	withholdLabels,
} from "../../../src/ml/evaluation/withhold.ts";
import { EvaluationContract } from "../../../src/reports/evaluation-plan.ts";

const random = randomOf("real tables");
const LINES = Array.from(
	{ length: 60 },
	(_, i) => `${i % 3 ? "ham" : "spam"};£${random.below(900)} message ${i};;`,
);
const TABLE = new Uint8Array(
	Buffer.from(`class;message;;\n${LINES.join("\n")}\n`, "latin1"),
);
const contract = EvaluationContract.parse({
	...{ task: "binary classification", data: "spam.csv", label: "class" },
	...{ positive: "spam", id: "none", seeds: [1, 2, 3], alpha: 0.05 },
	split: { kind: "stratified", group: "none", held_out: 0.35 },
	primary: { metric: "roc_auc", minimum_delta: 0 },
	...{ secondary: [], slices: [] },
});
const subject = readSubject(contract, TABLE) as Subject;
const split = splitRows(subject);
const latin = (bytes: Uint8Array | undefined) =>
	Buffer.from(bytes ?? []).toString("latin1");

test("a table without an id, in another form, can be judged by", () => {
	expect(contractFaults(contract, TABLE)).toEqual([]);
	expect(subject.ids.slice(0, 2)).toEqual(["row-1", "row-2"]);
});

test("code is given it in the form it has, with a column of ids before the others", () => {
	const [header, first] = latin(tableOf(subject, [1])).split("\n");
	expect(header).toBe("modelwright_row;class;message;Unnamed: 2;Unnamed: 3");
	expect(first).toBe(`row-2;${LINES[1]}`);
	expect(latin(featuresOf(subject, [1]))).not.toContain("ham");
});

test("where agents and tests look, it has the columns of the repository alone", () => {
	const files = filesForTests(new Map([["spam.csv", TABLE]]), contract);
	const lines = latin(files.get("spam.csv")).trim().split("\n");
	expect(lines[0]).toBe("class;message;Unnamed: 2;Unnamed: 3");
	expect(lines).toHaveLength(1 + split.training.length);
});

test("copies of its held-out rows are still known without their ids", () => {
	const copy = new TextEncoder().encode(LINES.join("\n"));
	const files = new Map([
		["spam.csv", TABLE],
		["old.txt", copy],
	]);
	expect(withholdLabels(files, subject, split).withheld).toEqual(["old.txt"]);
});

test.each([
	[
		["1949/10", "1949/9", "1950/1"],
		["1949/9", "1949/10", "1950/1"],
	],
	[
		["2020-1-2 9:00", "2020-1-2 10:00"],
		["2020-1-2 9:00", "2020-1-2 10:00"],
	],
	[
		["10", "9"],
		["9", "10"],
	],
])("times without zeros come in their order: %j", (times, sorted) => {
	expect(isTime(times)).toBe(true);
	expect(inTimeOrder(times)).toEqual(sorted);
});

test("dates that begin with the day, and some more exact than others, are not guessed at", () => {
	expect(isTime(["01/02/2020", "02/01/2020"])).toBe(false);
	expect(isTime(["2020-01", "2020-01-02"])).toBe(false);
});
