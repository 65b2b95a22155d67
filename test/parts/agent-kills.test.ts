// kill -9 at every point of an explorer's and of a writer's conversation. What
// the journal holds is never asked again; what was in flight is, and is charged.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Assignment } from "../../src/agents/assignment.ts";
import type { Fault } from "../../src/local/scripted-model/server/faults.ts";
import {
	type Block,
	call,
	think,
} from "../../src/local/scripted-model/server/reply.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../src/local/scripted-model/server/server.ts";
import type { AgentProcess, Moment } from "../support/agent-process.ts";
import { EXPLORATION, EXPLORE, FILES } from "../support/agent-stage.ts";
import { startChild } from "../support/child.ts";
import { freshDatabase } from "../support/databases.ts";
import { type EngineStage, setEngineStage } from "../support/engine-stage.ts";

const REPOSITORY = "octo/churn";
const WRITE: Assignment<"change"> = {
	role: "ml-writer",
	name: "model",
	phase: 7,
	submit: "change",
	brief: "Write the model.",
};
const EDITS = [
	[
		think("I read, and begin."),
		call("view", { path: "churn/features.py" }),
		call("create", {
			path: "churn/model.py",
			file_text: "def fit(rows):\n\treturn len(rows)\n",
		}),
	],
	[
		think("I go on."),
		call("str_replace", {
			path: "churn/features.py",
			old_str: "def encode(rows):",
			new_str: "def encode(rows, seed=0):",
		}),
		call("create", {
			path: "tests/test_model.py",
			file_text: "def test_fit():\n\tpass\n",
		}),
	],
];
const CHANGE = {
	title: "A model of churn",
	why: "Somebody asked who will leave.",
	what: ["a model"],
};

interface Agent {
	readonly who: string;
	readonly assignment: Assignment;
	/** Three: look, go on, hand in. */
	readonly turns: Block[][];
	/** What has to be in the work that was handed in, kills or none. */
	readonly work: readonly string[];
}

const AGENTS: readonly Agent[] = [
	{
		who: "an explorer",
		assignment: EXPLORE,
		turns: [
			[think("What is there?"), call("glob", { pattern: "**/*.py" })],
			[
				think("What does it say?"),
				call("view", { path: "churn/loader.py" }),
				call("grep", { pattern: "def " }),
			],
			[call("submit_exploration", EXPLORATION)],
		],
		work: [EXPLORATION.summary],
	},
	{
		who: "a writer",
		assignment: WRITE,
		turns: [...EDITS, [call("submit_change", CHANGE)]],
		work: ["churn/model.py", "seed=0", "tests/test_model.py"],
	},
];

interface Point {
	readonly when: string;
	readonly killAt?: Moment;
	readonly killParkedMs?: number;
	/** Played once, in turn 2. */
	readonly fault?: Fault;
	/** Killed from outside once the server is in the middle of turn 2's answer. */
	readonly inStream?: true;
	/** The turn that was in flight. */
	readonly again?: number;
}

const POINTS: readonly Point[] = [
	{
		when: "before the first request",
		killAt: { step: "turn 1", at: "before" },
	},
	{
		when: "during the stream",
		fault: { kind: "slow", chunkMs: 40, chunkCharacters: 4 },
		inStream: true,
		again: 2,
	},
	{
		when: "when the answer is here, but not kept",
		killAt: { step: "turn 2", at: "inside" },
		again: 2,
	},
	{
		when: "after the answer, before its calls",
		killAt: { step: "turn 2", at: "after" },
	},
	{ when: "during the calls", killAt: { step: "tools 2", at: "inside" } },
	{ when: "after the calls", killAt: { step: "tools 2", at: "after" } },
	{
		when: "while the submission is looked at",
		killAt: { step: "tools 3", at: "inside" },
	},
	{
		when: "after the submission",
		killAt: { step: "tools 3", at: "after" },
	},
	{
		when: "while parked",
		fault: { kind: "status", status: 429, headers: { "retry-after": "100" } },
		killParkedMs: 200,
	},
];

let stage: EngineStage;
let dataDir: string;
beforeAll(async () => {
	stage = await setEngineStage();
	await stage.forge.addRepository("octo", "churn", FILES, { private: true });
	stage.forge.setPermission(REPOSITORY, "alice", "admin");
	dataDir = await mkdtemp(join(tmpdir(), "modelwright-kills-"));
});
afterAll(async () => {
	await stage.close();
	await rm(dataDir, { recursive: true });
});

async function labelled() {
	const { acts, deliveries } = stage.forge;
	const text = { title: "Churn", body: "Who will leave?" };
	const { number } = await acts.openIssue(REPOSITORY, "alice", text);
	await acts.label(REPOSITORY, number, "alice", "ml-task");
	const sent = deliveries.findLast(({ event }) => event === "issues");
	const payload = JSON.parse(sent?.body ?? "");
	expect(payload.action).toBe("labeled");
	return { id: `label-${number}`, event: "issues", payload };
}

async function playKilled(
	assignment: Assignment,
	turns: Block[][],
	{ killAt, killParkedMs, fault, inStream }: Point,
) {
	const url = await freshDatabase();
	const when = { turn: 2 };
	const server = await startScriptedModel({
		rules: [
			...(fault ? [{ name: "fault", when, times: 1, fault }] : []),
			script("agent", {}, turns),
		],
	});
	const { forge, privateKey } = stage;
	const told: AgentProcess = {
		...{ url, api: forge.api, privateKey, dataDir, assignment },
		modelUrl: server.url,
	};
	const database = new pg.Client({ connectionString: url });
	await database.connect();
	try {
		const first = await startProcess({
			...told,
			delivery: await labelled(),
			...(killAt ? { killAt } : {}),
			...(killParkedMs ? { killParkedMs } : {}),
		});
		const dead = once(first.child, "exit");
		if (inStream) {
			await until(() => isStreaming(server));
			first.child.kill("SIGKILL");
		}
		expect((await dead)[1]).toBe("SIGKILL");
		const second = await startProcess(told);
		const run = await ended(database);
		await second.kill();
		const { rows } = await database.query("select report from reports");
		return {
			run,
			work: JSON.stringify(rows[0]?.report.submission),
			journal: server.journal,
			ledger: await turnsOf(database),
		};
	} finally {
		await database.end();
		await server.close();
	}
}

const startProcess = (told: AgentProcess) =>
	startChild("./agent-process.ts", JSON.stringify(told));

const until = (holds: () => boolean | Promise<boolean>) =>
	vi.waitUntil(holds, { timeout: 20_000, interval: 20 });

const isStreaming = ({ journal }: ScriptedModel) =>
	journal.some(({ turn, status, complete }) => {
		return turn === 2 && status === 200 && !complete;
	});

interface State {
	state: string;
	gate: { name: string };
	trouble?: string;
}

async function ended(database: pg.Client): Promise<State> {
	let run: State | undefined;
	await until(async () => {
		const { rows } = await database.query("select state from runs");
		run = rows[0]?.state;
		return run?.state === "waiting";
	});
	return run as State;
}

interface Turn {
	turn: number;
	asked: number;
	repeated: number;
	earlier_usd: number;
	usd: number;
}

async function turnsOf(database: pg.Client): Promise<Turn[]> {
	const { rows } = await database.query(
		"select turn, asked, repeated, earlier_usd, usd from turns order by turn",
	);
	return rows;
}

describe.each(AGENTS)("$who", ({ assignment, turns, work }) => {
	test.each(POINTS)(
		"killed $when",
		async (point) => {
			const played = await playKilled(assignment, turns, point);
			const { run, journal, ledger } = played;
			expect(run.trouble).toBeUndefined();
			expect(run.gate.name).toBe("requirements");
			for (const part of work) expect(played.work).toContain(part);

			// The server's journal: each turn once, the one in flight twice.
			const answered = journal.filter(({ status }) => status === 200);
			const expected = [1, 2, 3].flatMap((turn) =>
				turn === point.again ? [turn, turn] : [turn],
			);
			expect(answered.map(({ turn }) => turn)).toEqual(expected);
			const digests = new Set(answered.map(({ digest }) => digest));
			expect(digests.size).toBe(3);

			// Our ledger tells the same, and charges both.
			const asked = (turn: number) =>
				journal.filter((entry) => entry.turn === turn).length;
			expect(ledger.map(({ asked }) => asked)).toEqual([1, 2, 3].map(asked));
			for (const { turn, repeated, earlier_usd, usd } of ledger) {
				expect(usd).toBeGreaterThan(0);
				if (turn !== point.again) continue;
				expect(repeated).toBe(1);
				expect(earlier_usd).toBeGreaterThan(0);
			}
		},
		60_000,
	);
});
