import { describe, expect, test } from "vitest";
import {
	type Kind,
	readPredictions,
} from "../../../src/ml/evaluation/predictions.ts";
import { bytes } from "../support/churn.ts";

const ids = ["a", "b", "c"];
const read = (text: string | undefined, kind: Kind = "probability") =>
	readPredictions(text === undefined ? text : bytes(text), ids, kind);

test("predictions come in the order asked for, whatever the order written", () => {
	expect(read("id,prediction\nc,0.3\na,1e-3\nb,.5\n")).toEqual({
		values: Float64Array.from([0.001, 0.5, 0.3]),
	});
});

describe("predictions are refused when they", () => {
	test.each([
		["are absent", undefined, /were not written/],
		["are empty", "", /not a CSV with a header/],
		["have another header", "row,p\na,1\n", /header "row,p"/],
		[
			"lack an id",
			"id,prediction\na,0.1\nb,0.2\n",
			/lack 1 of 3 ids, first "c"/,
		],
		["repeat an id", "id,prediction\na,0.1\na,0.1\nb,0\nc,0\n", /"a" twice/],
		[
			"name an id too many",
			"id,prediction\na,0\nb,0\nc,0\nd,0\n",
			/"d", which was not asked for/,
		],
		["hold NaN", "id,prediction\na,nan\nb,0\nc,0\n", /"nan" for the id "a"/],
		["hold infinity", "id,prediction\na,inf\nb,0\nc,0\n", /finite/],
		["overflow", "id,prediction\na,1e999\nb,0\nc,0\n", /finite/],
		["hold nothing", "id,prediction\na,\nb,0\nc,0\n", /finite/],
		[
			"leave 0 to 1",
			"id,prediction\na,1.2\nb,0\nc,0\n",
			/1.2 .* lies in 0 to 1/,
		],
		["are binary", "\u0000\u0001", /not a CSV/],
	])("%s", (_, text, expected) => {
		expect((read(text) as { fault: string }).fault).toMatch(expected);
	});

	test("but a value may be any finite number", () => {
		expect(read("id,prediction\na,-4\nb,1200\nc,0\n", "value")).toEqual({
			values: Float64Array.from([-4, 1200, 0]),
		});
	});
});

describe("with a probability for every class they", () => {
	const CLASSES = ["blue", "red"];
	const whole = (rows: string) => read(`id,p_red,p_blue\n${rows}`, CLASSES);

	test("may name the classes in any order", () => {
		expect(whole("c,0.25,0.75\na,1,0\nb,0.5,0.5\n")).toEqual({
			values: Float64Array.from([0, 1, 0.5, 0.5, 0.75, 0.25]),
		});
	});

	test.each([
		["lack a class", "id,p_red\n", /"id,p_blue,p_red" was expected/],
		["name a strange one", "id,p_red,p_green\n", /"id,p_blue,p_red"/],
		[
			"do not make one",
			"id,p_red,p_blue\na,0.2,0.9\nb,1,0\nc,1,0\n",
			/for the id "a" whose sum is 1.100; 1 was expected/,
		],
		[
			"are below zero",
			"id,p_red,p_blue\na,-0.2,1.2\nb,1,0\nc,1,0\n",
			/hold 1.2 for the id "a"; a probability/,
		],
	])("are refused when they %s", (_, text, expected) => {
		expect((read(text, CLASSES) as { fault: string }).fault).toMatch(expected);
	});
});
