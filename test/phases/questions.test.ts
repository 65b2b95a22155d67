// What phase 1 asks of people, and under which numbers.
import { describe, expect, it } from "vitest";
import { problemAnalysis } from "../../src/phases/01-problem-analysis.ts";
import { listQuestions, settleAnswers } from "../../src/phases/questions.ts";
import {
	type Answered,
	type Capsule,
	QUESTIONS,
} from "../../src/reports/requirements.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import { reports, run } from "../views/samples.ts";

const answers: Answered[] = QUESTIONS.map((topic) => ({
	topic,
	answer: `all about ${topic}`,
	source: "issue",
}));
const except = (...topics: string[]) =>
	answers.filter(({ topic }) => !topics.includes(topic));
const open = (question: string, blocking = false) => ({
	...{ question, blocking },
	safe_reading: "no",
});
const CAPSULE: Capsule = {
	slug: "churn",
	path: ".phase0/capsules/churn/capsule.yaml",
	goal: "Rank\ncustomers.",
	...{ constraints: ["no network"], nonGoals: [], openQuestions: [] },
	successCriteria: ["tests_pass: true"],
	decisions: [
		{ question: "Is tenure known?", answer: "yes" },
		{ question: "How is it deployed?", answer: "as a batch" },
	],
	...{ risks: [], keyFiles: [] },
};

const asked = (
	open_questions: ReturnType<typeof open>[],
	given: readonly Answered[],
	capsule?: Capsule,
	before: Parameters<typeof listQuestions>[3] = { questions: [], notes: [] },
) => listQuestions({ open_questions }, given, capsule, before);

describe("the list of questions", () => {
	it("is the explorer's alone where all five topics have an answer", () => {
		expect(asked([open("Is it so?", true)], answers)).toEqual([
			{ number: 1, question: "Is it so?", blocking: true, safeReading: "no" },
		]);
	});

	it("goes on with each topic that is open or assumed, none of them blocking", () => {
		const given = except("data", "constraints").map((answer) =>
			answer.topic === "problem"
				? { ...answer, source: "assumed" as const }
				: answer,
		);
		const list = asked([open("Is it so?")], given);
		expect(list.map(({ number, topic }) => [number, topic])).toEqual([
			[1, undefined],
			[2, "problem"],
			[3, "data"],
			[4, "constraints"],
		]);
		expect(list[1]?.safeReading).toBe("all about problem");
		expect(list.some(({ blocking }) => blocking)).toBe(false);
	});

	it("leaves out what a capsule answers or decided", () => {
		const settled = settleAnswers([], CAPSULE);
		expect(settled.map(({ topic, answer }) => [topic, answer])).toEqual([
			["problem", "Rank customers."],
			["deployment target", "How is it deployed? as a batch"],
			["constraints", "no network"],
		]);
		const list = asked([open("is tenure known", true)], settled, CAPSULE);
		// Whether tests pass does not say how good a model has to be.
		expect(list.map(({ topic }) => topic)).toEqual(["data", "success metrics"]);
	});

	it("keeps the number of a question that was asked before, and reuses none", () => {
		const before = asked([open("Is it so?"), open("And so?")], answers);
		const again = asked([open("And so?"), open("Why?")], answers, undefined, {
			questions: before,
			notes: [{ phase: 1, by: "alice", text: "yes", question: 5 }],
		});
		expect(again.map(({ number }) => number)).toEqual([2, 6]);
	});

	it("numbers even equal questions apart", () => {
		const twice = asked([open("Is it so?"), open("Is it so?")], answers);
		expect(twice.map(({ number }) => number)).toEqual([1, 2]);
		const again = asked(
			[open("Is it so?"), open("Is it so?")],
			answers,
			undefined,
			{
				questions: twice,
				notes: [],
			},
		);
		expect(new Set(again.map(({ number }) => number)).size).toBe(2);
	});
});

describe("the gate of phase 1", () => {
	const gate = (blocking: number, more: Partial<typeof run> = {}) =>
		problemAnalysis.gate?.(
			{
				...reports.requirements,
				questions: asked(
					[open("Is it so?", blocking > 0), open("And so?", blocking > 1)],
					answers,
				),
			},
			{ run: { ...run, ...more }, before: reports },
		);
	const answer = (question: number) => ({
		...{ phase: 1, by: "carol", text: "yes", question },
	});
	const confirming = {
		config: { ...DEFAULT_CONFIG, gates: "specification" as const },
	};

	it("stays open where nothing blocks, unless people want to confirm", () => {
		expect(gate(0)).toBeUndefined();
		expect(gate(0, confirming)?.question).toBe("Are these requirements right?");
	});

	it("shows an answer to copy where one question blocks", () => {
		expect(gate(1)).toMatchObject({
			command: "/answer 1 no",
			question: "Is it so?",
		});
	});

	it("goes on with the nearest readings where several do", () => {
		expect(gate(2)?.command).toBe("/approve");
		expect(gate(2, { notes: [answer(1)] })?.command).toBe("/answer 2 no");
	});

	it("asks for the confirmation once all that blocked is answered", () => {
		const notes = [answer(1), answer(2)];
		expect(gate(2, { notes })).toBeUndefined();
		expect(gate(2, { notes, ...confirming })?.command).toBe("/approve");
	});
});
