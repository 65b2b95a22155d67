// One turn against a Messages API over real HTTP, with everything that can go wrong.
import { afterEach, expect, test, vi } from "vitest";
import type { Fault } from "../../src/local/scripted-model/server/faults.ts";
import { call } from "../../src/local/scripted-model/server/reply.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../src/local/scripted-model/server/server.ts";
import { type ModelSettings, makeModel } from "../../src/model/client.ts";
import type { Prompt } from "../../src/model/messages.ts";
import type { TurnRequest, TurnResult } from "../../src/model/turn.ts";
import { type MemoryLedger, memoryLedger } from "../support/memory-ledger.ts";
import { silentLog } from "../support/silent-log.ts";

let server: ScriptedModel;
afterEach(() => server.close());

const ANSWER: Rule = {
	name: "answer",
	reply: [call("view", { path: "churn/features.py" })],
};

const PROMPT: Prompt = {
	model: "claude-opus-5-5",
	maxTokens: 1_000,
	effort: "high",
	tools: [
		{ name: "view", description: "reads", input_schema: { type: "object" } },
	],
	system: [{ type: "text", text: "rules" }],
	messages: [{ role: "user", content: "go" }],
};

interface Asked {
	result: TurnResult;
	ledger: MemoryLedger;
}

async function ask(
	rules: Rule[],
	{
		ledger = memoryLedger(),
		...settings
	}: Partial<ModelSettings> & { ledger?: MemoryLedger } = {},
	request: Partial<TurnRequest> = {},
	/** Of the first requests, whatever they are. */
	faults: readonly Fault[] = [],
): Promise<Asked> {
	server = await startScriptedModel({ rules: [...rules, ANSWER] });
	for (const fault of faults) server.failNext(fault);
	const model = makeModel({
		apiKey: "sk-test",
		baseUrl: server.url,
		idleMs: 700,
		backoffMs: 1,
		log: silentLog,
		...settings,
	});
	const result = await model.turn({
		installation: "7",
		conversation: "c1",
		turn: 1,
		agent: "ml-explorer/data-sources",
		prompt: PROMPT,
		ledger,
		signal: new AbortController().signal,
		...request,
	});
	return { result, ledger };
}

const once = (fault: Fault, times = 1): Rule => ({
	name: "fault",
	times,
	fault,
});

const statuses = () => server.journal.map(({ status }) => status);
const soon = { "retry-after-ms": "1" };

test("an answer comes back as plain data with what it cost", async () => {
	const { result, ledger } = await ask([]);
	if (!result.ok) throw new Error(result.failure.message);
	expect(JSON.parse(JSON.stringify(result))).toEqual(result);
	expect(result.reply.content.at(-1)).toMatchObject({
		name: "view",
		input: { path: "churn/features.py" },
	});
	expect(result.usd).toBeGreaterThan(0);
	expect(result.usd).toBeCloseTo(server.totals().usd, 9);
	expect(server.journal[0]?.agent).toBe("ml-explorer/data-sources");
	const [entry] = ledger.entries;
	expect(entry).toMatchObject({ conversation: "c1", turn: 1 });
	expect(entry?.settled?.usd).toBe(result.usd);
	expect(entry?.reservedUsd).toBeGreaterThan(result.usd);
});

const WARMING = { prompt: { ...PROMPT, maxTokens: 0 } };

test("a request that warms and breaks may have been charged, and is", async () => {
	const { result, ledger } = await ask(
		[],
		{ deadlineMs: 200 },
		WARMING,
		Array(3).fill({ kind: "hang" }),
	);
	expect(result).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
	for (const { reservedUsd, settled } of ledger.entries)
		expect(settled?.usd).toBeCloseTo(reservedUsd, 9);
});

test("a request that warms and is refused costs nothing, and is known by its id", async () => {
	const told: unknown[] = [];
	const tell = (about: object) => told.push(about);
	const log = { ...silentLog, info: tell, warn: tell };
	const { result } = await ask([], { log }, WARMING, [
		{ kind: "status", status: 400 },
	]);
	expect(result).toMatchObject({ ok: false, usd: 0 });
	expect(told).toMatchObject([{ requestId: expect.stringMatching(/./) }]);
	await server.close();
	await ask([], { log }, WARMING);
	expect(told[1]).toMatchObject({ requestId: expect.stringMatching(/./) });
});

test("a passing overload is sat out by the SDK", async () => {
	const { result, ledger } = await ask([
		once({ kind: "status", status: 529, headers: soon }, 2),
	]);
	expect(result.ok).toBe(true);
	expect(statuses()).toEqual([529, 529, 200]);
	expect(ledger.entries).toHaveLength(1);
});

test("a lasting overload ends as a value after our own attempts too", async () => {
	const { result, ledger } = await ask([
		once({ kind: "status", status: 529, headers: soon }, 99),
	]);
	expect(result).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
	expect(statuses()).toHaveLength(15);
	expect(ledger.counted()).toBe(0);
});

test.each<[string, Fault]>([
	["is cut", { kind: "cut", afterEvents: 4 }],
	["ends early", { kind: "end", afterEvents: 4 }],
	["falls silent", { kind: "stall", afterEvents: 4 }],
	["turns into garbage", { kind: "garbage", afterEvents: 4 }],
	["reports an overload", { kind: "error event", afterEvents: 4 }],
	["holds broken JSON", { kind: "malformed tool JSON", json: '{"path": x' }],
	["is a web page", { kind: "html", html: "<html>" }],
])("a stream that %s is asked for once more", async (_name, fault) => {
	const { result, ledger } = await ask([once(fault)]);
	expect(result.ok).toBe(true);
	expect(server.journal).toHaveLength(2);
	expect(ledger.entries.every(({ settled }) => settled)).toBe(true);
});

test("a broken stream is paid for by estimate", async () => {
	const { result, ledger } = await ask([once({ kind: "cut", afterEvents: 5 })]);
	expect(ledger.entries).toHaveLength(2);
	expect(ledger.entries[0]?.settled?.usd).toBeGreaterThan(0);
	expect(result.usd).toBeCloseTo(ledger.counted(), 9);
});

test("a stream cut before its first event has taken the prompt: that is paid for by estimate", async () => {
	const { ledger } = await ask([once({ kind: "cut", afterEvents: 0 })]);
	expect(ledger.entries).toHaveLength(2);
	const { reservedUsd = 0, settled } = ledger.entries[0] ?? {};
	expect(settled?.usd).toBeGreaterThan(0);
	expect(settled?.usd).toBeLessThan(reservedUsd);
});

test("a stream that always breaks is given up after three attempts", async () => {
	const { result } = await ask([once({ kind: "end", afterEvents: 3 }, 99)]);
	expect(result).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
	expect(server.journal).toHaveLength(3);
});

test("a slow stream that still sends bytes is left alone", async () => {
	const { result } = await ask([
		{ name: "slow", fault: { kind: "slow", chunkMs: 100, chunkCharacters: 5 } },
	]);
	expect(result.ok).toBe(true);
	expect(server.journal).toHaveLength(1);
});

test("a turn that exceeds its deadline is broken off, however alive it looks", async () => {
	const fault: Fault = { kind: "slow", chunkMs: 40, chunkCharacters: 1 };
	const started = performance.now();
	const { result } = await ask([once(fault, 99)], { deadlineMs: 150 });
	expect(result).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
	expect(performance.now() - started).toBeLessThan(2_000);
});

test("a long retry-after parks at once instead of sleeping", async () => {
	const { result } = await ask([
		once({ kind: "status", status: 429, headers: { "retry-after": "3600" } }),
	]);
	expect(result).toMatchObject({
		ok: false,
		failure: { kind: "overloaded", retryAfterSeconds: 3600 },
	});
	expect(statuses()).toEqual([429]);
});

test.each<[number, string, string]>([
	[401, "invalid x-api-key", "authentication"],
	[403, "no access", "authentication"],
	[402, "pay first", "authentication"],
	[400, "Your credit balance is too low", "authentication"],
	[400, "prompt is too long: 9 tokens > 8 maximum", "context overflow"],
	[413, "Request exceeds the maximum size", "context overflow"],
	[400, "max_tokens: Field required", "internal"],
])(
	"status %i (%s) is a failure of kind %s and not tried again",
	async (status, message, kind) => {
		const { result, ledger } = await ask([
			once({ kind: "status", status, message }),
		]);
		if (result.ok) throw new Error("it should have failed");
		expect(result.failure.kind).toBe(kind);
		expect(result.failure.message).not.toContain("sk-test");
		expect(statuses()).toEqual([status]);
		expect(ledger.counted()).toBe(0);
	},
);

test("a model that does not exist is named in the failure", async () => {
	const { result } = await ask(
		[],
		{},
		{ prompt: { ...PROMPT, model: "claude-nobody" } },
	);
	if (result.ok) throw new Error("it should have failed");
	expect(result.failure.message).toContain("claude-nobody");
});

test("a host that does not answer is a value, not an exception", async () => {
	const { result } = await ask([once({ kind: "reset" }, 1)], {
		baseUrl: "http://127.0.0.1:9",
		deadlineMs: 300,
	});
	expect(result).toMatchObject({ ok: false, failure: { kind: "overloaded" } });
});

test("nothing is sent when the budget cannot hold the worst case", async () => {
	const { result } = await ask([], { ledger: memoryLedger(0.001) });
	expect(result).toMatchObject({ ok: false, failure: { kind: "budget" } });
	expect(server.journal).toHaveLength(0);
});

test("an answer that was paid for survives a ledger that fails to settle", async () => {
	const ledger = memoryLedger();
	ledger.settle = () => Promise.reject(new Error("connection lost"));
	const { result } = await ask([], { ledger });
	expect(result.ok).toBe(true);
	expect(ledger.counted()).toBeGreaterThan(0);
});

test("nothing is sent while the ledger cannot be reached", async () => {
	const ledger = memoryLedger();
	ledger.reserve = () => Promise.reject(new Error("connection lost"));
	const { result } = await ask([], { ledger });
	expect(result).toMatchObject({ ok: false, failure: { kind: "internal" } });
	expect(server.journal).toHaveLength(0);
});

test("an abort rejects with its reason and settles what was spent", async () => {
	const stop = new AbortController();
	const reason = new Error("the run was cancelled");
	const ledger = memoryLedger();
	const asked = ask(
		[once({ kind: "slow", chunkMs: 40, chunkCharacters: 1 })],
		{ ledger },
		{ signal: stop.signal },
	);
	const rejected = expect(asked).rejects.toBe(reason);
	await vi.waitUntil(() => server.journal.length === 1, { timeout: 10_000 });
	stop.abort(reason);
	await rejected;
	expect(server.journal).toHaveLength(1);
	expect(ledger.entries[0]?.settled).toBeDefined();
});
