// The process may die between any two steps; what the journal holds is never
// asked of the model again.
import { afterEach, expect, test } from "vitest";
import { converse } from "../../src/agents/agent.ts";
import { call, think } from "../../src/local/scripted-model/server/reply.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import {
	EXPLORATION,
	EXPLORE,
	openStage,
	type Stage,
} from "../support/agent-stage.ts";
import { Killed, keepingJournal, plainJournal } from "../support/journals.ts";

let stage: Stage;
afterEach(() => stage.close());

const SCRIPT = script("explorer", {}, [
	[think("look around"), call("glob", { pattern: "**/*" })],
	[think("read"), call("view", { path: "churn/loader.py" })],
	[call("submit_exploration", { ...EXPLORATION, summary: "" })],
	[call("submit_exploration", EXPLORATION)],
]);
const STEPS = ["turn 1", "tools 1", "turn 2", "tools 2", "turn 3", "turn 4"];

test("an undisturbed conversation has a step for each turn and for its calls, save a submission's", async () => {
	stage = await openStage([SCRIPT]);
	const kept = new Map<string, string>();
	await converse(EXPLORE, stage.world({ journal: keepingJournal(kept) }));
	expect([...kept.keys()]).toEqual(STEPS);
});

test.each(STEPS.map((_, i) => i))(
	"killed after %i steps, it ends as if nothing had happened",
	async (steps) => {
		stage = await openStage([SCRIPT]);
		const kept = new Map<string, string>();
		const dying = stage.world({ journal: keepingJournal(kept, steps) });
		await expect(converse(EXPLORE, dying)).rejects.toBeInstanceOf(Killed);
		const asked = stage.sent.bodies.length;

		const again = stage.world({ journal: keepingJournal(kept) });
		const outcome = await converse(EXPLORE, again);
		expect(outcome).toMatchObject({
			ok: true,
			submission: EXPLORATION,
			turns: 4,
		});
		expect(outcome.usd).toBeCloseTo(stage.server.totals().usd, 9);
		expect(stage.sent.bodies).toHaveLength(4);
		expect(new Set(stage.sent.bodies).size).toBe(4);
		const turns = STEPS.slice(0, steps).filter((name) => /^turn/.test(name));
		expect(asked).toBe(turns.length);
	},
);

test("what is asked after a restart is what would have been asked without it", async () => {
	stage = await openStage([SCRIPT]);
	await converse(EXPLORE, stage.world({ journal: keepingJournal(new Map()) }));
	const kept = new Map<string, string>();
	const dying = stage.world({ journal: keepingJournal(kept, 3) });
	await converse(EXPLORE, dying).catch(() => undefined);
	await converse(EXPLORE, stage.world({ journal: keepingJournal(kept) }));
	const withoutIds = stage.sent.bodies.map((body) =>
		body
			.replace(/toolu_\w+/g, "toolu")
			.replace(/"signature":"\w+"/g, '"signature":""'),
	);
	expect(withoutIds.slice(4)).toEqual(withoutIds.slice(0, 4));
});

test("an engine that calls a step off is obeyed with its own reason", async () => {
	stage = await openStage([SCRIPT], { latencyMs: 2_000 });
	const reason = new Error("cancelled by /cancel");
	const journal = {
		...plainJournal,
		step: <T>(_name: string, work: (signal: AbortSignal) => Promise<T>) => {
			const stop = new AbortController();
			setTimeout(() => stop.abort(reason), 30);
			return work(stop.signal);
		},
	};
	await expect(converse(EXPLORE, stage.world({ journal }))).rejects.toBe(
		reason,
	);
});
