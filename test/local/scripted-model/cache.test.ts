import type Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";
import { call } from "../../../src/local/scripted-model/server/reply.ts";
import { ask, follow, start, tool } from "./support.ts";

const MINUTE = 60_000;

/** A system prompt of about 1,000 tokens with a breakpoint behind it. */
const pack = (
	ttl: "5m" | "1h",
	words = "churn",
): Anthropic.TextBlockParam[] => [
	{
		type: "text",
		text: words.repeat(800),
		cache_control: { type: "ephemeral", ttl },
	},
];

async function withClock() {
	const clock = { ms: 0 };
	const { client, server } = await start({
		fallback: "ok",
		now: () => clock.ms,
	});
	const usage = async (request: Parameters<typeof client.messages.stream>[0]) =>
		(await client.messages.stream(request).finalMessage()).usage;
	return { clock, client, server, usage };
}

test("the second request with the same prefix reads what the first wrote", async () => {
	const { usage } = await withClock();
	const first = await usage(ask("one", { system: pack("1h") }));
	const second = await usage(ask("two", { system: pack("1h") }));
	expect(first.cache_read_input_tokens).toBe(0);
	expect(first.cache_creation?.ephemeral_1h_input_tokens).toBeGreaterThan(900);
	expect(first.cache_creation?.ephemeral_5m_input_tokens).toBe(0);
	expect(second.cache_read_input_tokens).toBe(
		first.cache_creation_input_tokens,
	);
	expect(second.cache_creation_input_tokens).toBe(0);
	expect(second.input_tokens).toBe(first.input_tokens);
});

test("an entry lives as long as its ttl, and longer when it is read", async () => {
	const { clock, usage } = await withClock();
	const read = async (ttl: "5m" | "1h") =>
		(await usage(ask("q", { system: pack(ttl) }))).cache_read_input_tokens ?? 0;
	await read("5m");
	clock.ms += 4 * MINUTE;
	expect(await read("5m")).toBeGreaterThan(0);
	clock.ms += 4 * MINUTE;
	expect(await read("5m")).toBeGreaterThan(0);
	clock.ms += 6 * MINUTE;
	expect(await read("5m")).toBe(0);
	clock.ms += 6 * MINUTE;
	expect(await read("1h")).toBe(0);
	clock.ms += 59 * MINUTE;
	expect(await read("1h")).toBeGreaterThan(0);
});

test("a changed system prompt, tool, model or thinking setting misses", async () => {
	const { usage } = await withClock();
	const base = { system: pack("1h"), tools: [tool("view")] };
	await usage(ask("q", base));
	const read = async (more: object) =>
		(await usage(ask("q", { ...base, ...more }))).cache_read_input_tokens;
	expect(await read({})).toBeGreaterThan(0);
	expect(await read({ system: pack("1h", "other") })).toBe(0);
	expect(await read({ tools: [tool("glob")] })).toBe(0);
	expect(await read({ model: "claude-sonnet-5-5" })).toBe(0);
	expect(await read({ thinking: { type: "adaptive" } })).toBeGreaterThan(0);
});

test("a prefix under the model's minimum is not cached", async () => {
	const { usage } = await withClock();
	const short: Anthropic.TextBlockParam[] = [
		{ type: "text", text: "short", cache_control: { type: "ephemeral" } },
	];
	await usage(ask("q", { system: short }));
	const second = await usage(ask("q", { system: short }));
	expect(second).toMatchObject({
		cache_read_input_tokens: 0,
		cache_creation_input_tokens: 0,
	});
});

test("automatic caching moves on with the conversation", async () => {
	const { client, usage } = await withClock();
	const request = ask("long ".repeat(1_000), {
		cache_control: { type: "ephemeral" },
	});
	const answer = await client.messages.stream(request).finalMessage();
	const second = await usage(follow(request, answer));
	expect(second.cache_read_input_tokens).toBe(
		answer.usage.cache_creation_input_tokens,
	);
	expect(second.cache_creation?.ephemeral_5m_input_tokens).toBeGreaterThan(0);
	expect(second.input_tokens).toBe(0);
});

test("more than twenty blocks in one turn lose the last breakpoint", async () => {
	const { client } = await start({
		fallback: ({ turn }) =>
			Array.from({ length: turn === 1 ? 5 : 12 }, () => call("view", {})),
	});
	const turn = (r: Parameters<typeof client.messages.stream>[0]) =>
		client.messages.stream(r).finalMessage();
	const one = ask("long ".repeat(1_000), {
		cache_control: { type: "ephemeral" },
	});
	const two = follow(one, await turn(one));
	const second = await turn(two);
	expect(second.usage.cache_read_input_tokens).toBeGreaterThan(0);
	const third = await turn(follow(two, second));
	expect(third.usage.cache_read_input_tokens).toBe(0);
});

test("requests sent together do not read each other's entries", async () => {
	const { client } = await start({ fallback: "ok", latencyMs: 60 });
	const both = await Promise.all(
		["a", "b"].map((q) =>
			client.messages.stream(ask(q, { system: pack("1h") })).finalMessage(),
		),
	);
	for (const { usage } of both) expect(usage.cache_read_input_tokens).toBe(0);
	const later = await client.messages
		.stream(ask("c", { system: pack("1h") }))
		.finalMessage();
	expect(later.usage.cache_read_input_tokens).toBeGreaterThan(0);
});

test("a failed request leaves no entry behind", async () => {
	const { client, server } = await start({ fallback: "ok" });
	server.failNext({ kind: "status", status: 529 });
	const request = ask("q", { system: pack("1h") });
	await expect(
		client.messages.stream(request).finalMessage(),
	).rejects.toThrow();
	const { usage } = await client.messages.stream(request).finalMessage();
	expect(usage.cache_read_input_tokens).toBe(0);
});

test("totals add up at list prices", async () => {
	const { server, usage } = await withClock();
	const first = await usage(ask("q", { system: pack("1h") }));
	const second = await usage(ask("q", { system: pack("1h") }));
	const read = second.cache_read_input_tokens ?? 0;
	const output = first.output_tokens + second.output_tokens;
	const perMillion =
		(first.input_tokens + second.input_tokens) * 4 +
		(first.cache_creation_input_tokens ?? 0) * 8 +
		read * 0.2 +
		output * 20;
	expect(server.totals()).toEqual({
		requests: 2,
		promptTokens: 2 * (first.input_tokens + read),
		cacheReadTokens: read,
		outputTokens: output,
		usd: expect.closeTo(perMillion / 1e6, 10),
	});
});
