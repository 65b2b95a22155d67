import Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";
import {
	call,
	text,
	think,
} from "../../../src/local/scripted-model/server/reply.ts";
import {
	ask,
	failure,
	follow,
	kinds,
	start,
	textIn,
	tool,
	user,
} from "./support.ts";

test("a streamed and a plain answer say the same", async () => {
	const { client } = await start({ fallback: "Forty-two." });
	const streamed = await client.messages.stream(ask()).finalMessage();
	const plain = await client.messages.create({ ...ask(), stream: false });
	expect(textIn(streamed)).toBe("Forty-two.");
	expect(plain.content.at(-1)).toEqual(streamed.content.at(-1));
	expect(plain.stop_reason).toBe("end_turn");
	expect(plain.usage).toEqual(streamed.usage);
});

test("parallel tool calls arrive whole after a thinking block", async () => {
	const long = "x".repeat(5_000);
	const { client } = await start({
		fallback: [
			think("Look first."),
			text("I look."),
			call("view", { path: long }),
			call("glob", { pattern: "**/*" }),
		],
	});
	const request = ask("go", { tools: [tool("view"), tool("glob")] });
	const message = await client.messages.stream(request).finalMessage();
	expect(kinds(message)).toEqual(["thinking", "text", "tool_use", "tool_use"]);
	expect(message.stop_reason).toBe("tool_use");
	expect(message.content[2]).toMatchObject({
		name: "view",
		input: { path: long },
	});
	const next = await client.messages
		.stream(follow(request, message))
		.finalMessage();
	expect(kinds(next)).toEqual(kinds(message));
});

test("thoughts are empty unless the client asks to see them, and cost the same", async () => {
	const { client } = await start({
		fallback: [think("A thought."), text("ok")],
	});
	const hidden = await client.messages.stream(ask()).finalMessage();
	const shown = await client.messages
		.stream(
			ask("hello", { thinking: { type: "adaptive", display: "summarized" } }),
		)
		.finalMessage();
	expect(hidden.content[0]).toMatchObject({ type: "thinking", thinking: "" });
	expect(shown.content[0]).toMatchObject({ thinking: "A thought." });
	expect(hidden.usage.output_tokens).toBe(shown.usage.output_tokens);
	expect(hidden.usage.output_tokens_details?.thinking_tokens).toBe(3);
});

test("a model that always thinks does so when its script does not", async () => {
	const { client } = await start({ fallback: "ok" });
	const opus = await client.messages.stream(ask()).finalMessage();
	const sonnet = await client.messages
		.stream(ask("hello", { model: "claude-sonnet-5-5" }))
		.finalMessage();
	expect(kinds(opus)).toEqual(["thinking", "text"]);
	expect(kinds(sonnet)).toEqual(["text"]);
});

test("events come in the API's order", async () => {
	const { client } = await start({
		fallback: [think("Hm."), call("view", {})],
	});
	const types: string[] = [];
	for await (const event of client.messages.stream(ask()))
		types.push(event.type);
	expect(types).toEqual([
		"message_start",
		"content_block_start",
		"content_block_delta",
		"content_block_stop",
		"content_block_start",
		"content_block_delta",
		"content_block_stop",
		"message_delta",
		"message_stop",
	]);
});

test("an answer longer than max_tokens is cut off in the middle of a call", async () => {
	const { client } = await start({
		fallback: [call("view", { path: "x".repeat(500) })],
	});
	const message = await client.messages
		.stream(ask("hello", { max_tokens: 20 }))
		.finalMessage();
	expect(message.stop_reason).toBe("max_tokens");
	expect(message.usage.output_tokens).toBe(20);
	expect(JSON.stringify(message.content.at(-1)).length).toBeLessThan(300);
});

test("max_tokens 0 warms the cache without asking a rule", async () => {
	const { client, server } = await start({
		rules: [{ name: "once", times: 1, reply: "the one answer" }],
	});
	const warm = await client.messages.create({
		...ask(),
		max_tokens: 0,
		stream: false,
	});
	expect(warm).toMatchObject({ content: [], stop_reason: "max_tokens" });
	const answer = await client.messages.stream(ask()).finalMessage();
	expect(textIn(answer)).toBe("the one answer");
	expect(server.journal.map((entry) => entry.rule)).toEqual([
		"cache warming",
		"once",
	]);
});

test("count_tokens agrees with what a request is then charged", async () => {
	const { client } = await start({ fallback: "ok" });
	const request = ask("How many tokens are in this?", { system: "Count." });
	const { max_tokens: _, ...counted } = request;
	const { input_tokens } = await client.messages.countTokens(counted);
	const { usage } = await client.messages.stream(request).finalMessage();
	expect(input_tokens).toBe(usage.input_tokens);
	expect(input_tokens).toBeGreaterThan(10);
});

test("models are listed, found and missed", async () => {
	const { client } = await start();
	const ids: string[] = [];
	for await (const model of client.models.list()) ids.push(model.id);
	expect(ids).toContain("claude-opus-5-5");
	const opus = await client.models.retrieve("claude-opus-5-5");
	expect(opus).toMatchObject({
		lifecycle: "active",
		max_input_tokens: 1_000_000,
	});
	const missing = await failure(client.models.retrieve("claude-none"));
	expect(missing).toBeInstanceOf(Anthropic.NotFoundError);
	const unknown = await failure(
		client.messages.stream(ask("hi", { model: "claude-none" })).finalMessage(),
	);
	expect(unknown.status).toBe(404);
});

test("a request without key, version or JSON is refused with an id", async () => {
	const { server } = await start();
	const post = (headers: Record<string, string>) =>
		fetch(`${server.url}/v1/messages`, {
			method: "POST",
			headers,
			body: JSON.stringify(ask()),
		});
	const keyless = await post({ "anthropic-version": "2026-10-21" });
	expect(keyless.status).toBe(401);
	expect(await keyless.json()).toMatchObject({
		type: "error",
		error: { type: "authentication_error" },
		request_id: keyless.headers.get("request-id"),
	});
	const malformed = await fetch(`${server.url}/v1/messages`, {
		method: "POST",
		headers: { "x-api-key": "test", "anthropic-version": "2026-10-21" },
		body: '{"model":',
	});
	expect(malformed.status).toBe(400);
	const versionless = await post({ authorization: "Bearer test" });
	expect(versionless.status).toBe(400);
});

test("what no rule answers is a 400 that names agent and turn", async () => {
	const { client } = await start();
	const error = await failure(
		client.messages
			.stream(ask("# Assignment: ml-explorer · features · phase 2\nLook."))
			.finalMessage(),
	);
	expect(error.status).toBe(400);
	expect(error.message).toContain("turn 1 of ml-explorer/features (phase 2)");
});

test("system messages may stand between turns", async () => {
	const { client } = await start({ fallback: "ok" });
	const request = ask("hello", {
		messages: [user("hello"), { role: "system", content: "Be brief." }],
	});
	expect(textIn(await client.messages.stream(request).finalMessage())).toBe(
		"ok",
	);
});
