// What an issue leaves open is asked, and what people answer is shown and used.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setStage } from "../../src/cli/demo/stage.ts";
import { churnAnswers } from "../../src/local/scripted-model/answers/churn.ts";
import {
	call,
	type Reply,
} from "../../src/local/scripted-model/server/reply.ts";
import type { ModelRequest } from "../../src/local/scripted-model/server/request.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import { freshDatabase } from "../support/databases.ts";
import { type Story, tellOn } from "../support/story.ts";

const LABEL = "Is a customer lost on cancelling or on leaving?";
const WEEKS = "How many weeks ahead?";

/** The demo's analysis of an issue that says less; `blocking` of its two questions block. */
function leavesOpen(title: string, blocking: number): Rule {
	const demo = churnAnswers[0] as Rule;
	return {
		name: title,
		when: { assignment: "problem-analysis", user: title },
		reply: async (request) => {
			if (typeof demo.reply !== "function") throw new Error("no such script");
			const reply = await demo.reply(request);
			return Array.isArray(reply) ? reply.map(withGaps(blocking)) : reply;
		},
	};
}

const withGaps = (blocking: number) => (block: Reply["content"][number]) => {
	if (block.type !== "tool_use" || !block.name.startsWith("submit_"))
		return block;
	const input = block.input as { answers: { topic: string }[] };
	return call(block.name, {
		...input,
		answers: input.answers
			.filter(({ topic }) => topic !== "constraints")
			.map((answer) =>
				answer.topic === "deployment target"
					? { ...answer, answer: "A nightly batch", source: "assumed" }
					: answer,
			),
		open_questions: [LABEL, WEEKS].map((question, i) => ({
			question,
			blocking: i < blocking,
			safe_reading: i === 0 ? "on cancelling" : "four weeks",
		})),
	});
};

const seen: ModelRequest[] = [];
let open: Story;
let one: Story;
let two: Story;
const heard: string[] = [];

const phases = (story: Story) =>
	story.comments().flatMap(({ kind, body }) => (kind === "phase" ? body : []));
const waits = (story: Story) => story.standing()?.state === "waiting";

beforeAll(async () => {
	const stage = await setStage({
		databaseUrl: await freshDatabase(),
		seed: 42,
		rules: [
			{ name: "listens", when: (request) => seen.push(request) < 0 },
			leavesOpen("Churn, in a few words", 0),
			leavesOpen("Churn, one thing unclear", 1),
			leavesOpen("Churn, two things unclear", 2),
			...churnAnswers,
		],
	});
	const task = (title: string) => tellOn(stage, { title, body: "Please." });
	open = await task("Churn, in a few words");
	one = await task("Churn, one thing unclear");
	two = await task("Churn, two things unclear");
	for (const story of [one, two])
		await story.until("phase 1 asks", () => waits(story));

	const reactions = (comment: number) => [
		...(stage.forge
			.repository(stage.repository)
			.comments.get(comment)
			?.reactions.values() ?? []),
	];
	const refused = await one.say("bob", "/answer 1 whatever");
	const chat = await one.say("bob", "On leaving, I would say.");
	await one.until("the reader is refused", () =>
		reactions(refused.id).some(({ content }) => content === "confused"),
	);
	heard.push(...reactions(chat.id).map(({ content }) => content));
	expect(waits(one)).toBe(true);
	await one.say("carol", "On leaving.");
	await two.say("alice", "/answer 1. on cancelling\n3. weekly, on our server");
	await two.until("one question is left", () =>
		/`(\/answer 2 [^`]*)`/.test(two.comments()[0]?.body ?? ""),
	);
	await two.say("alice", "/answer 2 eight weeks");
	for (const story of [one, two])
		await story.until("the answers are shown", () =>
			phases(story).some((body) => body.includes("answered:")),
		);
	await open.until("phase 1 is told", () => phases(open).length > 0);
}, 180_000);

afterAll(() => open?.stage.close());

describe("what the issue leaves open", () => {
	it("is asked in one numbered list and holds nothing up", () => {
		const [first = ""] = phases(open);
		for (const part of [
			`**1. ${LABEL}** Going on with “on cancelling”; \`/answer 1 <text>\``,
			`**2. ${WEEKS}**`,
			"**3. Where will the model run",
			"Going on with “A nightly batch”; `/answer 3 <text>`",
			"**4. What must be kept to",
			"| deployment target | **assumed:** A nightly batch | – |",
			"| constraints | **open**, question 4 | – |",
		])
			expect(first).toContain(part);
		expect(open.standing()?.phase).toBeGreaterThan(1);
	});
});

describe("a question that blocks", () => {
	it("is waited for, its safe reading ready to be copied", () => {
		const [first = ""] = phases(one);
		expect(/`([^`]+)`/.exec(first)?.[1]).toBe("/answer 1 on cancelling");
		expect(first).toContain("A reply in plain words counts as an answer too");
	});

	it("is not answered by somebody without the right to", () => {
		expect(heard).toEqual([]);
		expect(phases(one).join()).not.toContain("`bob` answered");
	});

	it("is answered by a plain reply, which stands in the requirements with its writer", () => {
		expect(phases(one)[1]).toContain(
			`**1. ${LABEL}** \`carol\` answered: On leaving.`,
		);
		expect(phases(one)[1]).toContain("| constraints | **open**");
	});

	it("leads on to later phases, which read the answer", async () => {
		await one.until("phase 2 is told", () => phases(one).length > 2);
		const later = seen.filter(
			({ phase, userText }) => phase === 2 && userText.includes("one thing"),
		);
		expect(later.length).toBeGreaterThanOrEqual(3);
		expect(
			later.every(({ userText }) => userText.includes("On leaving.")),
		).toBe(true);
		const analyses = seen.filter(
			({ phase, userText, turn }) =>
				phase === 1 && turn === 1 && userText.includes("one thing"),
		);
		expect(analyses).toHaveLength(1);
	});
});

describe("several questions that block", () => {
	it("may be left to their nearest readings at once", () => {
		expect(/`([^`]+)`/.exec(phases(two)[0] ?? "")?.[1]).toBe("/approve");
		expect(phases(two)[0]).toContain("Questions 1, 2 need an answer each");
	});

	it("are waited for until each has its answer", () => {
		const [, shown = ""] = phases(two);
		expect(shown).toContain("`alice` answered: on cancelling");
		expect(shown).toContain("`alice` answered: eight weeks");
		expect(shown).toContain(
			"| deployment target | weekly, on our server | `alice` |",
		);
	});
});
