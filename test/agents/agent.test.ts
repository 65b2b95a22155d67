// Whole conversations over real HTTP: what the model says on the left, what
// becomes of it on the right.
import { afterEach, expect, test } from "vitest";
import { converse } from "../../src/agents/agent.ts";
import type { World } from "../../src/agents/world.ts";
import {
	type Answer,
	call,
	text,
} from "../../src/local/scripted-model/server/reply.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import type { ModelSettings } from "../../src/model/client.ts";
import {
	EXPLORATION,
	EXPLORE,
	openStage,
	type Stage,
} from "../support/agent-stage.ts";
import { memoryLedger } from "../support/memory-ledger.ts";

let stage: Stage;
afterEach(() => stage.close());

const submit = call("submit_exploration", EXPLORATION);

async function play(
	turns: Answer[],
	{
		faults = [],
		world = {},
		settings = {},
	}: {
		faults?: Rule[];
		world?: Partial<World>;
		settings?: Partial<ModelSettings>;
	} = {},
) {
	stage = await openStage([...faults, script("explorer", {}, turns)], settings);
	return converse(EXPLORE, stage.world(world));
}

interface Block {
	type: string;
	text?: string;
	content?: string;
	is_error?: boolean;
}

/** What the model was told after its answer in `turn`. */
function toldAfter(turn: number): Block[] {
	const { messages } = JSON.parse(stage.sent.bodies[turn] ?? "{}");
	return messages.at(-1).content;
}

const told = (turn: number) =>
	toldAfter(turn)
		.map((block) => block.content ?? block.text)
		.join("\n");

test("an agent reads side by side and hands in", async () => {
	const outcome = await play([
		[
			call("glob", { pattern: "**/*.py" }),
			call("view", { path: "churn/loader.py" }),
			call("grep", { pattern: "def \\w+" }),
			call("data_profile", {}),
		],
		[submit],
	]);
	expect(outcome).toMatchObject({
		ok: true,
		submission: EXPLORATION,
		turns: 2,
	});
	expect(outcome.usd).toBeCloseTo(stage.server.totals().usd, 9);
	const [paths, loader, hits, profile] = toldAfter(1).map((b) => b.content);
	expect(paths).toContain("churn/features.py");
	expect(loader).toContain("1\tdef load(path):");
	expect(hits).toMatch(/churn\/loader\.py.*def load/s);
	expect(profile).toContain("data/customers.csv (csv): 3 rows");
});

test("each request names its agent in a header", async () => {
	await play([[submit]]);
	expect(stage.sent.headers[0]?.["x-modelwright-agent"]).toBe(
		"ml-explorer/data-sources",
	);
});

test("a submission with faults comes back in words and may be mended", async () => {
	const outcome = await play([
		[call("submit_exploration", { ...EXPLORATION, key_files: [] })],
		[
			call("submit_exploration", {
				...EXPLORATION,
				key_files: EXPLORATION.key_files.map((file) => ({
					...file,
					path: file.path.replace("churn/loader.py", "loader.py"),
				})),
			}),
		],
		[submit],
	]);
	expect(outcome).toMatchObject({ ok: true, turns: 3 });
	expect(told(1)).toMatch(/key_files/);
	expect(told(2)).toContain("nearest: churn/loader.py");
	expect(toldAfter(1)[0]?.is_error).toBe(true);
});

test("a third submission with faults ends the conversation", async () => {
	const outcome = await play([[call("submit_exploration", {})]]);
	expect(outcome).toMatchObject({
		ok: false,
		failure: { kind: "invalid submission" },
		turns: 3,
	});
});

test("the phase's own demands are made in the same way", async () => {
	const demands = [["name the label column"], []];
	const outcome = await play([[submit]], {
		world: { verify: async () => demands.shift() ?? [] },
	});
	expect(outcome).toMatchObject({ ok: true, turns: 2 });
	expect(told(1)).toContain("name the label column");
});

test("a tool that is unknown, another's or called wrongly is answered with what to do", async () => {
	const outcome = await play([
		[
			call("bash", { command: "env" }),
			call("submit_change", {}),
			call("view", { file: "README.md" }),
			call("view", { path: "churn/nothing.py" }),
		],
		[submit],
	]);
	expect(outcome.ok).toBe(true);
	const blocks = toldAfter(1);
	expect(blocks.every(({ is_error }) => is_error)).toBe(true);
	expect(blocks[0]?.content).toContain(
		"view, grep, glob, data_profile, skill and submit_exploration",
	);
	expect(blocks[1]?.content).toContain("E_FORBIDDEN");
	expect(blocks[2]?.content).toContain("path");
	expect(blocks[3]?.content).toContain("E_NOT_FOUND");
});

test.each([
	"/etc/passwd",
	"../../etc/passwd",
	"/proc/self/environ",
	".git/config",
])("%s cannot be read, and no host path is told", async (path) => {
	await play([
		[
			call("view", { path }),
			call("grep", { pattern: ".", path }),
			call("data_profile", { path }),
		],
		[submit],
	]);
	expect(toldAfter(1).map(({ is_error }) => is_error)).toEqual([
		true,
		true,
		true,
	]);
	expect(told(1)).not.toContain(stage.tree.root);
});

test("a repeated read is answered with where the first one stands", async () => {
	const view = call("view", { path: "README.md" });
	await play([[view, view], [view], [submit]]);
	expect(toldAfter(1)[1]?.content).toContain("your call #1");
	expect(toldAfter(2)[0]?.content).toContain("your call #1");
});

test("who reads without end is asked to hand in, and then stopped", async () => {
	const many = Array.from({ length: 5 }, (_, i) =>
		call("view", { path: "README.md", start: i + 1 }),
	);
	const outcome = await play([many]);
	expect(outcome).toMatchObject({
		ok: false,
		failure: { kind: "invalid submission" },
		turns: 16,
	});
	expect(told(5)).toContain("E_BUDGET");
	expect(told(13)).toContain("Three turns are left");
});

test("talk without a call is nudged twice, silence too", async () => {
	const outcome = await play([[text("All done!")], [], [submit]]);
	expect(outcome).toMatchObject({ ok: true, turns: 3 });
	expect(told(1)).toContain("Call submit_exploration now");
	expect(told(2)).toContain("Call submit_exploration now");
});

test("who never hands in fails with a message", async () => {
	const outcome = await play([[text("I would rather not.")]]);
	expect(outcome).toMatchObject({ ok: false, turns: 3 });
});

test("a call cut at the output limit is not done", async () => {
	const outcome = await play([[submit]], {
		faults: [
			{ name: "cut", times: 1, fault: { kind: "max tokens", tokens: 10 } },
		],
	});
	expect(outcome).toMatchObject({ ok: true, turns: 2 });
	expect(told(1)).toContain("Not done");
	expect(told(1)).toContain("smaller steps");
});

test("a refusal ends the conversation and says why", async () => {
	const refusal = {
		kind: "refusal" as const,
		category: "frontier_llm",
		explanation: "Not this.",
	};
	const outcome = await play([[submit]], {
		faults: [{ name: "refuses", fault: refusal }],
	});
	if (outcome.ok) throw new Error("it should have been refused");
	expect(outcome.failure.kind).toBe("refusal");
	expect(outcome.failure.message).toMatch(/frontier_llm.*Not this/);
	expect(stage.sent.bodies).toHaveLength(1);
});

test("a full context is its own kind of failure", async () => {
	const outcome = await play([[submit]], {
		faults: [{ name: "full", fault: { kind: "context exceeded" } }],
	});
	expect(outcome).toMatchObject({ failure: { kind: "context overflow" } });
});

test("a pause is gone on from", async () => {
	const outcome = await play([
		{ content: [text("thinking…")], stopReason: "pause_turn" },
		[submit],
	]);
	expect(outcome).toMatchObject({ ok: true, turns: 2 });
});

test("a refused key is told as such and asked once", async () => {
	const outcome = await play([[submit]], {
		faults: [{ name: "401", fault: { kind: "status", status: 401 } }],
	});
	expect(outcome).toMatchObject({ failure: { kind: "authentication" } });
	expect(stage.sent.bodies).toHaveLength(1);
});

test("an overload that passes is not noticed", async () => {
	const fault = {
		kind: "status" as const,
		status: 529,
		headers: { "retry-after-ms": "1" },
	};
	const outcome = await play([[submit]], {
		faults: [{ name: "529", times: 2, fault }],
	});
	expect(outcome).toMatchObject({ ok: true, turns: 1 });
});

test("a stream that stalls is asked for again, and both are paid", async () => {
	const outcome = await play([[submit]], {
		faults: [
			{ name: "stall", times: 1, fault: { kind: "stall", afterEvents: 4 } },
		],
		settings: { idleMs: 300 },
	});
	expect(outcome).toMatchObject({ ok: true, turns: 1 });
	expect(stage.ledger.entries).toHaveLength(2);
	expect(outcome.usd).toBeCloseTo(stage.ledger.counted(), 9);
});

test("nothing is asked when the budget is gone", async () => {
	const outcome = await play([[submit]], {
		world: { ledger: memoryLedger(0.01) },
	});
	expect(outcome).toMatchObject({ ok: false, failure: { kind: "budget" } });
	expect(stage.sent.bodies).toHaveLength(0);
});

test("thinking goes back exactly as it came", async () => {
	const outcome = await play([
		[
			{ type: "thinking", thinking: "first the loader" },
			call("view", { path: "churn/loader.py" }),
		],
		[submit],
	]);
	// The server refuses thinking that was changed, or bound to other messages.
	expect(outcome.ok).toBe(true);
	const { messages } = JSON.parse(stage.sent.bodies[1] ?? "");
	expect(messages[1].content[0]).toMatchObject({
		type: "thinking",
		signature: expect.stringMatching(/./),
	});
});

test("who may not hand in a kind is stopped before anything is asked", async () => {
	stage = await openStage([script("any", {}, [[submit]])]);
	const wrong = { ...EXPLORE, role: "ml-writer" as const };
	const outcome = await converse(wrong, stage.world());
	expect(outcome).toMatchObject({ ok: false, failure: { kind: "internal" } });
	expect(stage.sent.bodies).toHaveLength(0);
});
