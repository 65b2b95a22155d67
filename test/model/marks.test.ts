// A turn of many calls stays within the cache, as the server counts it.
import { afterEach, expect, test } from "vitest";
import { converse } from "../../src/agents/agent.ts";
import { call } from "../../src/local/scripted-model/server/reply.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import { promptTokens } from "../../src/local/scripted-model/server/usage.ts";
import { withMarks } from "../../src/model/marks.ts";
import type { Message, Prompt } from "../../src/model/messages.ts";
import {
	EXPLORATION,
	EXPLORE,
	openStage,
	type Stage,
} from "../support/agent-stage.ts";

let stage: Stage | undefined;
afterEach(async () => {
	await stage?.close();
	stage = undefined;
});

test.each([1, 9, 10, 14])(
	"after %i calls in one turn the conversation before them is still read from the cache",
	async (many) => {
		const views = Array.from({ length: many }, (_, i) =>
			call("view", { path: "churn/loader.py", start: i + 1 }),
		);
		const turns = [views, views, [call("submit_exploration", EXPLORATION)]];
		stage = await openStage([script("agent", {}, turns)]);
		const outcome = await converse(EXPLORE, stage.world());
		expect(outcome.ok).toBe(true);
		const usages = stage.server.journal.map(({ usage }) => usage);
		const [first, second, third] = usages;
		if (!first || !second || !third) throw new Error("three turns expected");
		expect(second.cache_read_input_tokens).toBe(promptTokens(first));
		expect(third.cache_read_input_tokens).toBe(promptTokens(second));
	},
);

const say = (role: "user" | "assistant", blocks: number): Message => ({
	role,
	content: Array.from({ length: blocks }, (_, i) => ({
		...{ type: "text" as const, text: String(i) },
	})),
});

test("a request never has more than four marks", () => {
	const mark = { cache_control: { type: "ephemeral" as const } };
	const system = [0, 1, 2].map(() => ({
		...{ type: "text" as const, text: "rules" },
		...mark,
	}));
	const messages = [say("user", 1), say("assistant", 20), say("user", 20)];
	const prompt = { tools: [], system, messages } as unknown as Prompt;
	expect(withMarks(prompt)).toEqual(messages);
	const fewer = { ...prompt, system: system.slice(1) };
	expect(withMarks(fewer)[0]?.content).toEqual([expect.objectContaining(mark)]);
});
