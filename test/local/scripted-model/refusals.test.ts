// Each request the API would refuse, refused here too.
import type Anthropic from "@anthropic-ai/sdk";
import { beforeAll, describe, expect, test } from "vitest";
import { call } from "../../../src/local/scripted-model/server/reply.ts";
import {
	ask,
	assistant,
	failure,
	follow,
	start,
	tool,
	user,
} from "./support.ts";

let client: Anthropic;
beforeAll(async () => {
	({ client } = await start({
		fallback: [call("view", { b: 1, a: { d: 2, c: [1, { f: 1, e: 2 }] } })],
		contextWindow: 5_000,
	}));
});

// Requests the SDK's types would not let through.
const refusalOf = (request: unknown) =>
	failure(
		client.messages.stream(request as ReturnType<typeof ask>).finalMessage(),
	);

const use = (id: string, input: unknown = {}) =>
	({
		type: "tool_use",
		id,
		name: "view",
		input,
	}) as Anthropic.ToolUseBlockParam;
const result = (id: string) => ({
	type: "tool_result" as const,
	tool_use_id: id,
	content: "ok",
});
const history = (...messages: unknown[]) => ({ ...ask(), messages });
const marked: Anthropic.TextBlockParam = {
	type: "text",
	text: "x",
	cache_control: { type: "ephemeral" },
};
const mark = (ttl: string) => ({
	...marked,
	cache_control: { type: "ephemeral", ttl },
});

const cases: [string, unknown, RegExp][] = [
	[
		"a stream that is to generate nothing",
		{ ...ask(), max_tokens: 0 },
		/cannot be streamed/,
	],
	[
		"a call without a result",
		history(user("q"), assistant([use("a")]), user("and?")),
		/without `tool_result` blocks/,
	],
	[
		"a call with half its results",
		history(user("q"), assistant([use("a"), use("b")]), user([result("a")])),
		/without `tool_result` blocks immediately after: b/,
	],
	[
		"text in front of the results",
		history(
			user("q"),
			assistant([use("a")]),
			user([{ type: "text", text: "hm" }, result("a")]),
		),
		/at the start of the next message/,
	],
	[
		"a result without a call",
		history(user([result("ghost")])),
		/unexpected `tool_use_id`.*ghost/,
	],
	[
		"a result that comes a turn late",
		history(
			user("q"),
			assistant([use("a")]),
			user([result("a")]),
			assistant("ok"),
			user([result("a")]),
		),
		/unexpected `tool_use_id`/,
	],
	[
		"one call id used twice",
		history(
			user("q"),
			assistant([use("a")]),
			user([result("a")]),
			assistant([use("a")]),
			user([result("a")]),
		),
		/ids must be unique/,
	],
	[
		"a call whose input is no object",
		history(user("q"), assistant([use("a", "{}")]), user([result("a")])),
		/valid dictionary/,
	],
	[
		"a call in a user message",
		history(user([use("a")])),
		/cannot be in user messages/,
	],
	["a prefill", history(user("q"), assistant("Sure, ")), /prefill/],
	[
		"a conversation that the assistant begins",
		history(assistant("hi"), user("q")),
		/first message must use the "user" role/,
	],
	["no messages", history(), /at least one message/],
	[
		"an empty text",
		history(user([{ type: "text", text: "" }])),
		/must be non-empty/,
	],
	["an empty message", history(user([])), /non-empty content/],
	["an unknown role", history({ role: "tool", content: "x" }), /role/],
	[
		"two tools of one name",
		ask("q", { tools: [tool("view"), tool("view")] }),
		/unique/,
	],
	[
		"an ill-named tool",
		ask("q", { tools: [tool("view file")] }),
		/should match pattern/,
	],
	[
		"a tool without schema",
		{ ...ask(), tools: [{ name: "view" }] },
		/input_schema/,
	],
	[
		"five breakpoints",
		{
			...ask(),
			system: [marked, marked, marked, marked],
			cache_control: { type: "ephemeral" },
		},
		/maximum of 4 blocks.*Found 5/,
	],
	[
		"a long entry behind a short one",
		{ ...ask(), system: [mark("5m"), mark("1h")] },
		/must not come after/,
	],
	["an unknown ttl", { ...ask(), system: [mark("2h")] }, /ttl/],
	[
		"a prompt over the context window",
		ask("x".repeat(30_000)),
		/prompt is too long: \d+ tokens > 5000 maximum/,
	],
	[
		"a forced tool choice",
		ask("q", { tools: [tool("view")], tool_choice: { type: "any" } }),
		/forced tool use/,
	],
	[
		"a chosen tool",
		ask("q", {
			tools: [tool("view")],
			tool_choice: { type: "tool", name: "view" },
		}),
		/forced tool use/,
	],
	[
		"thinking disabled",
		ask("q", { thinking: { type: "disabled" } }),
		/thinking\.type/,
	],
	[
		"thinking with a budget",
		{ ...ask(), thinking: { type: "enabled", budget_tokens: 2_000 } },
		/thinking\.type/,
	],
	["a temperature", { ...ask(), temperature: 0 }, /temperature: Extra inputs/],
	["top_p", { ...ask(), top_p: 0.5 }, /top_p: Extra inputs/],
	["top_k", { ...ask(), top_k: 5 }, /top_k: Extra inputs/],
	[
		"no max_tokens",
		{ ...ask(), max_tokens: undefined },
		/max_tokens: Field required/,
	],
	[
		"more output than the model can give",
		ask("q", { max_tokens: 200_000 }),
		/maximum allowed number of output tokens/,
	],
];

test.each(cases)("%s is refused", async (_name, request, message) => {
	const error = await refusalOf(request);
	expect(error.apiMessage).toMatch(message);
	expect(error).toMatchObject({ status: 400, type: "invalid_request_error" });
	expect(error.requestID).toMatch(/^req_/);
});

describe("thinking blocks", () => {
	const first = ask("look", { system: "Be exact.", tools: [tool("view")] });
	let second: ReturnType<typeof ask>;
	beforeAll(async () => {
		second = follow(first, await client.messages.stream(first).finalMessage());
	});

	/** The same conversation with one message replaced. */
	const edited = (at: number, edit: (text: string) => string) => ({
		...second,
		messages: second.messages.map((message, i) =>
			i === at ? JSON.parse(edit(JSON.stringify(message))) : message,
		),
	});
	const accepted = (request: unknown) =>
		client.messages.stream(request as typeof second).finalMessage();

	test("go through as they were, with cache marks moved and keys reordered", async () => {
		await accepted(second);
		await accepted({ ...second, cache_control: { type: "ephemeral" } });
		const [question, answer, results] = second.messages;
		await accepted({
			...second,
			messages: [
				user([{ ...marked, text: "look" }]),
				reordered(answer),
				results,
			],
		});
		expect(question).toEqual(user("look"));
	});

	test("are refused when their text was edited", async () => {
		const request = edited(1, (json) =>
			json.replace('"thinking":""', '"thinking":"I know better."'),
		);
		const error = await refusalOf(request);
		expect(error.apiMessage).toMatch(
			/^messages\.1\.content\.0: Invalid `signature` in `thinking` block$/,
		);
		expect(error.apiMessage).not.toContain("different conversation");
	});

	test("are refused when an earlier message was edited", async () => {
		const request = edited(0, (json) => json.replace("look", "glance"));
		const error = await refusalOf(request);
		expect(error.apiMessage).toContain("bound to a different conversation");
	});

	test("are refused when system or tools were changed", async () => {
		for (const change of [
			{ system: "Be quick." },
			{ tools: [tool("view"), tool("glob")] },
		]) {
			const error = await refusalOf({ ...second, ...change });
			expect(error.apiMessage).toContain("bound to a different conversation");
		}
	});

	test("stay valid in front of an edited later message", async () => {
		await accepted(edited(2, (json) => json.replace('"done"', '"failed"')));
	});
});

/** The same JSON with every object's keys the other way round, as a database may store it. */
function reordered(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reordered);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.map(([key, v]) => [key, reordered(v)])
			.reverse(),
	);
}
