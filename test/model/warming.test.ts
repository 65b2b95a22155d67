import { expect, test } from "vitest";
import type { Prompt, TextBlock } from "../../src/model/messages.ts";
import {
	isStillWarm,
	paysToWarm,
	warmingFor,
} from "../../src/model/warming.ts";

const mark = { cache_control: { type: "ephemeral" as const } };
const text = (text: string): TextBlock => ({ type: "text", text });

const prompt = (own: string, shared = "the task".repeat(500)): Prompt => ({
	model: "claude-opus-5-5",
	maxTokens: 8_000,
	effort: "high",
	tools: [],
	system: [{ ...text("the repository".repeat(2_000)), ...mark }],
	messages: [
		{
			role: "user",
			content: [{ ...text(shared), ...mark }, text("your role"), text(own)],
		},
	],
});
const three = ["a", "b", "c"].map((own) => prompt(own));
const HOURS = 3_600;

test("what all have in common is sent up to its last mark, and nothing is generated", () => {
	const warming = warmingFor(three);
	expect(warming).toEqual({
		...three[0],
		maxTokens: 0,
		messages: [{ role: "user", content: [expect.objectContaining(mark)] }],
	});
});

test("agents that share no message share the system at least", () => {
	const two = [prompt("a", "one task"), prompt("b", "another")];
	expect(warmingFor(two)?.messages).toEqual([{ role: "user", content: "." }]);
});

test("nobody warms for one agent, or within five minutes", () => {
	expect(warmingFor(three.slice(1, 2))).toBeUndefined();
	expect(isStillWarm(299)).toBe(true);
	expect(isStillWarm(301)).toBe(false);
	expect(isStillWarm(undefined)).toBe(false);
});

test("after an hour it pays; after minutes where the agents share enough", () => {
	const [warming] = [warmingFor(three)];
	if (!warming) throw new Error("nothing to warm");
	expect(paysToWarm(warming, 3, 2 * HOURS)).toBe(true);
	expect(paysToWarm(warming, 3, undefined)).toBe(true);
	expect(paysToWarm(warming, 3, 600)).toBe(true);
	const little = warmingFor(["a", "b"].map((own) => prompt(own, "short")));
	expect(little && paysToWarm(little, 2, 600)).toBe(false);
});
