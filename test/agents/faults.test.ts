// Everything that can go wrong between an agent and the model, one row a fault:
// the scripted server plays it over HTTP, and the conversation shows what we do.
import { afterEach, describe, expect, test } from "vitest";
import { converse } from "../../src/agents/agent.ts";
import type { Fault } from "../../src/local/scripted-model/server/faults.ts";
import { call, think } from "../../src/local/scripted-model/server/reply.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import type { ModelSettings } from "../../src/model/client.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import {
	EXPLORATION,
	EXPLORE,
	openStage,
	type Stage,
} from "../support/agent-stage.ts";
import { plainJournal } from "../support/journals.ts";
import { begun } from "../support/runs.ts";

let stage: Stage;
afterEach(() => stage.close());

const TURNS = [
	[think("I look."), call("view", { path: "churn/loader.py" })],
	[call("submit_exploration", EXPLORATION)],
];
/** The watchdog's; a busy machine must not look like a stall. */
const PATIENCE_MS = 1_000;
const soon = { "retry-after-ms": "1" };

const status = (status: number, more: object = {}): Fault => ({
	kind: "status",
	status,
	...more,
});

/** Faults spoil the second turn, so that there is something to lose. */
async function converseWith(
	faults: readonly (Partial<Rule> & { fault: Fault })[],
	{
		fallback,
		...settings
	}: Partial<ModelSettings> & { fallback?: string } = {},
) {
	const rules = faults.map((rule) => ({
		name: rule.fault.kind,
		when: { turn: 2 },
		...rule,
	}));
	stage = await openStage([...rules, script("agent", {}, TURNS)], {
		idleMs: PATIENCE_MS,
		...settings,
	});
	const slept: number[] = [];
	const journal = {
		...plainJournal,
		sleep: async (ms: number) => void slept.push(ms / 1_000),
	};
	const config = { ...DEFAULT_CONFIG, models: fallback ? { fallback } : {} };
	const { run } = begun(config);
	const outcome = await converse(EXPLORE, stage.world({ journal, run }));
	return { outcome, slept, ...seen() };
}

interface Body {
	model: string;
	system: { text: string }[];
	messages: { content: { type: string; content?: string }[] }[];
}

function seen() {
	const { journal } = stage.server;
	return {
		journal,
		bodies: stage.sent.bodies.map((body): Body => JSON.parse(body)),
		statuses: journal.map((entry) => entry.status),
		ledger: stage.ledger.entries,
	};
}

const FINE = { ok: true, submission: EXPLORATION, turns: 2 };
const failing = (kind: string, message = /./) => ({
	ok: false,
	failure: { kind, message: expect.stringMatching(message) },
});

describe("before the answer begins", () => {
	test.each([408, 409, 429, 500, 502, 503, 529])(
		"status %i: the SDK asks again, nobody notices, nothing is paid twice",
		async (code) => {
			const fault = status(code, { headers: soon });
			const { outcome, statuses, ledger } = await converseWith(
				[{ fault, times: 2 }],
				{ idleMs: 10_000 },
			);
			expect(outcome).toMatchObject(FINE);
			expect(statuses).toEqual([200, code, code, 200]);
			expect(ledger).toHaveLength(2);
		},
	);

	test.each<Fault>([{ kind: "reset" }, { kind: "hang" }])(
		"$kind: the SDK asks again",
		async (fault) => {
			const { outcome } = await converseWith([{ fault, times: 1 }]);
			expect(outcome).toMatchObject(FINE);
		},
	);

	test("an overload that lasts: three attempts of ours, then a failure as a value", async () => {
		const { outcome, statuses } = await converseWith([
			{ fault: status(529, { headers: soon }) },
		]);
		expect(outcome).toMatchObject(failing("overloaded"));
		expect(statuses).toHaveLength(1 + 3 * 5);
		expect(stage.ledger.counted()).toBeCloseTo(outcome.usd, 9);
	});
});

describe("retry-after beyond a minute", () => {
	const later = (seconds: number) =>
		status(429, { headers: { "retry-after": String(seconds) } });

	test("the agent is parked without a place and without money, then the same turn goes on", async () => {
		const { outcome, slept, statuses, bodies } = await converseWith([
			{ fault: later(3_600), times: 1 },
		]);
		expect(outcome).toMatchObject(FINE);
		expect(slept).toEqual([3_600]);
		expect(statuses).toEqual([200, 429, 200]);
		expect(bodies[2]).toEqual(bodies[1]);
		expect(stage.ledger.counted()).toBeCloseTo(outcome.usd, 9);
	});

	test("it is parked six times at most", async () => {
		const { outcome, slept } = await converseWith([{ fault: later(100) }]);
		expect(outcome).toMatchObject(failing("overloaded", /2 minutes/));
		expect(slept).toEqual([100, 100, 100, 100, 100, 100]);
	});

	test("nobody waits more than six hours in all", async () => {
		const { outcome, slept } = await converseWith([
			{ fault: later(4 * 3_600) },
		]);
		expect(outcome).toMatchObject(failing("overloaded", /240 minutes/));
		expect(slept).toEqual([4 * 3_600]);
	});
});

describe("while the answer is streamed", () => {
	test.each<[string, Fault]>([
		["cut mid-way", { kind: "cut", afterEvents: 4 }],
		["clean end without message_stop", { kind: "end", afterEvents: 4 }],
		["stall", { kind: "stall", afterEvents: 4 }],
		["SSE error event", { kind: "error event", afterEvents: 4 }],
		["garbage", { kind: "garbage", afterEvents: 4 }],
		["malformed tool JSON", { kind: "malformed tool JSON", json: '{"a": x' }],
	])(
		"%s: the turn is asked again, and both are charged",
		async (_name, fault) => {
			const { outcome, ledger, bodies } = await converseWith([
				{ fault, times: 1 },
			]);
			expect(outcome).toMatchObject(FINE);
			expect(bodies[2]).toEqual(bodies[1]);
			const broken = ledger[1]?.settled;
			expect(broken?.usd).toBeGreaterThan(0);
			expect(stage.ledger.counted()).toBeCloseTo(outcome.usd, 9);
		},
	);

	test("pings alone for longer than the watchdog's patience: a thought, not a stall", async () => {
		const { outcome, journal } = await converseWith([
			{ fault: { kind: "slow", pings: 12, chunkMs: 100 }, times: 1 },
		]);
		expect(outcome).toMatchObject(FINE);
		expect(journal).toHaveLength(2);
	});

	test("a web page with status 200: asked again", async () => {
		const fault: Fault = { kind: "html", html: "<html>Sign in</html>" };
		const { outcome } = await converseWith([{ fault, times: 1 }]);
		expect(outcome).toMatchObject(FINE);
	});
});

describe("tool JSON cut at max_tokens", () => {
	const cut: Fault = { kind: "max tokens", tokens: 6 };

	test("the call is never done, and smaller steps are asked for", async () => {
		const { outcome, bodies } = await converseWith([
			{ fault: cut, times: 1, when: { turn: 1 } },
		]);
		expect(outcome.ok).toBe(true);
		const told = JSON.stringify(bodies[1]?.messages.at(-1));
		expect(told).toMatch(/"is_error":true.*smaller steps/);
		expect(told).not.toContain("def load");
	});

	test("a cut submission is not taken, and the third cut ends it", async () => {
		const { outcome, bodies } = await converseWith([
			{ fault: cut, when: () => true },
		]);
		expect(outcome).toMatchObject(failing("invalid submission", /three times/));
		expect(bodies).toHaveLength(3);
	});
});

describe("what only a person can mend", () => {
	test.each<[number, string, RegExp]>([
		[401, "invalid x-api-key", /ANTHROPIC_API_KEY/],
		[403, "no access", /ANTHROPIC_API_KEY/],
		[402, "pay first", /billing or a spend limit/],
		[400, "Your credit balance is too low", /billing or a spend limit/],
		[429, "You have reached your usage limits", /billing or a spend limit/],
	])(
		"status %i (%s): asked once, and the operator is told what to do",
		async (code, message, words) => {
			const fault = status(code, {
				message,
				headers: { "x-should-retry": "false" },
			});
			const { outcome, statuses } = await converseWith([{ fault }]);
			expect(outcome).toMatchObject(failing("authentication", words));
			expect(statuses).toEqual([200, code]);
		},
	);

	test("another 400: told as a fault of ours, with the request's id", async () => {
		const fault = status(400, { message: "tools.3: Field required" });
		const { outcome, journal } = await converseWith([{ fault }]);
		const words = new RegExp(`${journal[1]?.id}.*tools\\.3`);
		expect(outcome).toMatchObject(failing("internal", words));
	});
});

describe("the conversation does not fit", () => {
	test.each<[string, Fault]>([
		[
			"400 prompt is too long",
			status(400, { message: "prompt is too long: 9 tokens > 8 maximum" }),
		],
		["413", status(413)],
		["model_context_window_exceeded", { kind: "context exceeded" }],
	])("%s: one new conversation with a smaller pack", async (_name, fault) => {
		const { outcome, bodies, ledger } = await converseWith([
			{ fault, times: 1 },
		]);
		expect(outcome).toMatchObject({ ok: true, submission: EXPLORATION });
		const [first, , again] = bodies;
		expect(again?.messages).toHaveLength(1);
		const packs = [first, again].map((body) => body?.system[1]?.text.length);
		expect(packs[1]).toBeLessThan(packs[0] as number);
		expect(ledger.map(({ conversation }) => conversation.slice(-2))).toEqual([
			...["es", "es", "+2", "+2"],
		]);
		expect(stage.ledger.counted()).toBeCloseTo(outcome.usd, 9);
	});

	test("and if that does not fit either, it is a failure", async () => {
		const { outcome, bodies } = await converseWith([{ fault: status(413) }]);
		expect(outcome).toMatchObject(failing("context overflow"));
		expect(bodies).toHaveLength(4);
	});
});

describe("refusal", () => {
	const fault: Fault = {
		kind: "refusal",
		category: "frontier_llm",
		explanation: "It looks like model development.",
	};

	test("the failure names category and explanation, and the same is never asked again", async () => {
		const { outcome, bodies } = await converseWith([{ fault }]);
		expect(outcome).toMatchObject(
			failing("refusal", /frontier_llm.*model development.*models\.fallback/),
		);
		expect(bodies).toHaveLength(2);
	});

	test("a fallback model is asked in one new conversation, which carries no thoughts over", async () => {
		const { outcome, bodies, ledger } = await converseWith(
			[{ fault, when: { model: /opus/ } }],
			{ fallback: "sonnet" },
		);
		expect(outcome).toMatchObject({ ok: true, submission: EXPLORATION });
		expect(bodies.map(({ model }) => model)).toEqual([
			"claude-opus-5-5",
			"claude-sonnet-5-5",
			"claude-sonnet-5-5",
		]);
		expect(bodies[1]?.messages).toEqual(bodies[0]?.messages);
		expect(ledger.map((entry) => [entry.model, entry.turn])).toEqual([
			["claude-opus-5-5", 1],
			["claude-sonnet-5-5", 1],
			["claude-sonnet-5-5", 2],
		]);
		expect(ledger[0]?.settled?.usd).toBeGreaterThan(0);
	});

	test("a fallback model that declines too ends it", async () => {
		const { outcome, bodies } = await converseWith([{ fault }], {
			fallback: "sonnet",
		});
		expect(outcome).toMatchObject(failing("refusal", /frontier_llm/));
		expect(bodies).toHaveLength(4);
		expect(outcome).not.toMatchObject(failing("refusal", /models\.fallback/));
	});
});
