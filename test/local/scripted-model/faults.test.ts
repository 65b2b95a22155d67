import Anthropic from "@anthropic-ai/sdk";
import { beforeAll, expect, test } from "vitest";
import type { Fault } from "../../../src/local/scripted-model/server/faults.ts";
import { call, text } from "../../../src/local/scripted-model/server/reply.ts";
import type { ScriptedModel } from "../../../src/local/scripted-model/server/server.ts";
import { ask, failure, start, textIn } from "./support.ts";

let client: Anthropic;
let server: ScriptedModel;
beforeAll(async () => {
	({ client, server } = await start({
		fallback: [text("On it."), call("view", { path: "churn/baseline.py" })],
	}));
});

function answered(fault: Fault, options?: Anthropic.RequestOptions) {
	server.failNext(fault);
	return client.messages.stream(ask(), options).finalMessage();
}
const failed = (fault: Fault, options?: Anthropic.RequestOptions) =>
	failure(answered(fault, options));
const last = () => server.journal.at(-1);

test.each([
	[401, Anthropic.AuthenticationError, "authentication_error"],
	[403, Anthropic.PermissionDeniedError, "permission_error"],
	[429, Anthropic.RateLimitError, "rate_limit_error"],
	[500, Anthropic.InternalServerError, "api_error"],
	[529, Anthropic.InternalServerError, "overloaded_error"],
])("status %i is the SDK's typed error", async (status, kind, type) => {
	const error = await failed({
		kind: "status",
		status,
		headers: { "retry-after": "7" },
	});
	expect(error).toBeInstanceOf(kind);
	expect(error).toMatchObject({ status, type });
	expect(error.headers?.get("retry-after")).toBe("7");
	expect(last()).toMatchObject({ status, fault: "status", complete: false });
});

test("the SDK tries an overloaded server again, and the journal counts it", async () => {
	server.failNext({
		kind: "status",
		status: 529,
		headers: { "retry-after-ms": "1" },
	});
	const message = await client.messages
		.stream(ask(), { maxRetries: 1 })
		.finalMessage();
	expect(textIn(message)).toBe("On it.");
	expect(server.journal.slice(-2).map((entry) => entry.retry)).toEqual([0, 1]);
	expect(server.journal.at(-1)?.digest).toBe(server.journal.at(-2)?.digest);
});

test("a proxy's HTML page instead of an answer", async () => {
	const error = await failed({
		kind: "html",
		status: 502,
		html: "<h1>Bad gateway</h1>",
	});
	expect(error.status).toBe(502);
	server.failNext({ kind: "html", html: "<h1>Log in</h1>" });
	const junk = await client.messages.create({ ...ask(), stream: false });
	expect(junk.type).not.toBe("message");
});

test("a reset and a hang are connection errors", async () => {
	expect(await failed({ kind: "reset" })).toBeInstanceOf(
		Anthropic.APIConnectionError,
	);
	const hung = await failed({ kind: "hang" }, { timeout: 80 });
	expect(hung).toBeInstanceOf(Anthropic.APIConnectionTimeoutError);
	expect(last()).toMatchObject({ status: 0, complete: false });
});

test("slow answers are whole", async () => {
	const begun = performance.now();
	const message = await answered({
		kind: "slow",
		firstByteMs: 60,
		chunkMs: 3,
		chunkCharacters: 2,
	});
	expect(performance.now() - begun).toBeGreaterThan(100);
	expect(textIn(message)).toBe("On it.");
	expect(last()).toMatchObject({ status: 200, complete: true });
});

test.each([
	["cut", /terminated|aborted|socket/i],
	["end", /without producing a Message/],
	["garbage", /JSON/],
] as const)(
	"a stream with a %s fails without a message",
	async (kind, message) => {
		const error = await failed({ kind, afterEvents: 4 });
		expect(error.message).toMatch(message);
	},
);

test("what was sent before a cut has arrived", async () => {
	server.failNext({ kind: "cut", afterEvents: 4 });
	const seen: string[] = [];
	await expect(async () => {
		for await (const event of client.messages.stream(ask()))
			seen.push(event.type);
	}).rejects.toThrow();
	expect(seen).toContain("content_block_start");
});

test("an error event ends the stream with its type", async () => {
	const error = await failed({ kind: "error event", afterEvents: 3 });
	expect(error).toBeInstanceOf(Anthropic.APIError);
	expect(error.type).toBe("overloaded_error");
	expect(error.status).toBeUndefined();
});

test("a stalled stream goes on for as long as the client waits", async () => {
	server.failNext({ kind: "stall", afterEvents: 3 });
	const controller = new AbortController();
	const events: string[] = [];
	const stream = client.messages.stream(ask(), { signal: controller.signal });
	const reading = failure(
		(async () => {
			for await (const event of stream) events.push(event.type);
		})(),
	);
	await expect.poll(() => events.length).toBeGreaterThan(0);
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect(stream.ended).toBe(false);
	controller.abort();
	expect(await reading).toBeInstanceOf(Anthropic.APIUserAbortError);
	await expect.poll(() => last()?.ms).toBeGreaterThan(50);
});

test("malformed tool JSON breaks the stream, as it does for real", async () => {
	const error = await failed({
		kind: "malformed tool JSON",
		json: '{"path": "a' + '"b"}',
	});
	expect(error.message).toMatch(/JSON/);
});

test("a refusal is an answer that names its category", async () => {
	const message = await answered({
		kind: "refusal",
		category: "frontier_llm",
		explanation: "Model training.",
	});
	expect(message).toMatchObject({
		content: [],
		stop_reason: "refusal",
		stop_details: {
			type: "refusal",
			category: "frontier_llm",
			explanation: "Model training.",
		},
	});
});

test("max_tokens and an exceeded context are stop reasons", async () => {
	const cut = await answered({ kind: "max tokens", tokens: 4 });
	expect(cut.stop_reason).toBe("max_tokens");
	expect(cut.usage.output_tokens).toBe(4);
	const full = await answered({ kind: "context exceeded" });
	expect(full.stop_reason).toBe("model_context_window_exceeded");
});

test("a rule's fault spoils what the next rule answers, as often as it says", async () => {
	const { client, server } = await start({
		rules: [
			{
				name: "first time cut",
				times: 1,
				fault: { kind: "cut", afterEvents: 2 },
			},
			{ name: "answer", times: 1, reply: "fine" },
		],
	});
	await expect(client.messages.stream(ask()).finalMessage()).rejects.toThrow();
	expect(textIn(await client.messages.stream(ask()).finalMessage())).toBe(
		"fine",
	);
	expect(server.journal.map((entry) => entry.rule)).toEqual([
		"first time cut + answer",
		"answer",
	]);
});
