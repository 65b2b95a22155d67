// kill -9 at every point of an explorer's and of a writer's conversation, which two
// runs hold side by side. What the journal holds is never asked again; what was in
// flight is, and is charged. Each process ends what the one before it left behind,
// and then begins the next two runs, to be killed in turn.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Assignment } from "../../src/agents/assignment.ts";
import type { Fault } from "../../src/local/scripted-model/server/faults.ts";
import type { JournalEntry } from "../../src/local/scripted-model/server/journal.ts";
import {
	type Block,
	call,
	think,
} from "../../src/local/scripted-model/server/reply.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../src/local/scripted-model/server/server.ts";
import type {
	AgentProcess,
	Beginning,
	Moment,
} from "../support/agent-process.ts";
import { EXPLORATION, EXPLORE, FILES } from "../support/agent-stage.ts";
import { type Child, startChild } from "../support/child.ts";
import { freshDatabase } from "../support/databases.ts";
import { type EngineStage, setEngineStage } from "../support/engine-stage.ts";

const PATIENCE_MS = 120_000;
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
	/** Also the title of the issue it is asked about. */
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
	/** Absent: killed from outside once the server is in the middle of turn 2's answers. */
	readonly killAt?: Moment;
	/** Played once to each, in turn 2. */
	readonly fault?: Fault;
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
		// Long enough for the other one to come as far.
		fault: { kind: "slow", chunkMs: 500, chunkCharacters: 4 },
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
		killAt: { step: "turn 3", at: "after" },
	},
	{
		when: "after the submission",
		killAt: { step: "save report", at: "before" },
	},
	{
		when: "while parked",
		killAt: { step: "park", at: "inside" },
		fault: { kind: "status", status: 429, headers: { "retry-after": "100" } },
	},
];

let stage: EngineStage;
let dataDir: string;
let server: ScriptedModel;
let database: pg.Client;
let told: AgentProcess;
let process: Child;

beforeAll(async () => {
	stage = await setEngineStage();
	await stage.forge.addRepository("octo", "churn", FILES, { private: true });
	stage.forge.setPermission(REPOSITORY, "alice", "admin");
	dataDir = await mkdtemp(join(tmpdir(), "modelwright-kills-"));
	server = await startScriptedModel({ rules: [] });
	const url = await freshDatabase();
	database = new pg.Client({ connectionString: url });
	await database.connect();
	const { forge, privateKey } = stage;
	told = {
		...{ url, api: forge.api, privateKey, dataDir, modelUrl: server.url },
		assignments: Object.fromEntries(
			AGENTS.map(({ who, assignment }) => [who, assignment]),
		),
	};
	process = await startProcess();
});
afterAll(async () => {
	await process.kill();
	await database.end();
	await Promise.all([server.close(), stage.close()]);
	await rm(dataDir, { recursive: true });
});

const startProcess = () =>
	startChild("./agent-process.ts", JSON.stringify(told));

async function labelled(title: string) {
	const { acts, deliveries } = stage.forge;
	const text = { title, body: "Who will leave?" };
	const { number } = await acts.openIssue(REPOSITORY, "alice", text);
	await acts.label(REPOSITORY, number, "alice", "ml-task");
	const sent = deliveries.findLast(({ event }) => event === "issues");
	const payload = JSON.parse(sent?.body ?? "");
	expect(payload.action).toBe("labeled");
	const delivery = { id: `label-${number}`, event: "issues", payload };
	return { issue: number, delivery };
}

interface Played {
	run: State;
	work: string;
	journal: readonly JournalEntry[];
	ledger: Turn[];
}

/** What became of each agent. */
async function playKilled({ killAt, fault }: Point): Promise<Played[]> {
	server.rules.splice(0, Number.POSITIVE_INFINITY, ...rulesWith(fault));
	const before = server.journal.length;
	const heard = () => server.journal.slice(before);
	const dead = once(process.child, "exit");
	const issues = [];
	for (const { who } of AGENTS) issues.push(await labelled(who));
	process.child.send({
		deliveries: issues.map(({ delivery }) => delivery),
		...(killAt ? { killAt } : {}),
	} satisfies Beginning);
	if (!killAt) {
		await until(() => AGENTS.every((agent) => isStreaming(heard(), agent)));
		process.child.kill("SIGKILL");
	}
	const neverDead = sleep(PATIENCE_MS, ["it never came there"], { ref: false });
	expect(await Promise.race([dead, neverDead])).toEqual([null, "SIGKILL"]);
	process = await startProcess();
	const played = [];
	for (const [i, agent] of AGENTS.entries()) {
		const { id, run } = await ended(issues[i]?.issue ?? 0);
		played.push({
			run,
			work: await workOf(id),
			journal: heardOf(heard(), agent),
			ledger: await turnsOf(id),
		});
	}
	return played;
}

const rulesWith = (fault?: Fault): Rule[] =>
	AGENTS.flatMap(({ who, assignment: { name }, turns }) => [
		...(fault
			? [
					{
						name: "fault",
						when: { assignment: name, turn: 2 },
						times: 1,
						fault,
					},
				]
			: []),
		script(who, { assignment: name }, turns),
	]);

const until = (holds: () => boolean | Promise<boolean>) =>
	vi.waitUntil(holds, { timeout: PATIENCE_MS, interval: 20 });

const heardOf = (journal: readonly JournalEntry[], { assignment }: Agent) =>
	journal.filter(
		({ agent }) => agent === `${assignment.role}/${assignment.name}`,
	);

const isStreaming = (journal: readonly JournalEntry[], agent: Agent) =>
	heardOf(journal, agent).some(({ turn, status, complete }) => {
		return turn === 2 && status === 200 && !complete;
	});

interface State {
	state: string;
	gate: { name: string };
	trouble?: string;
}

async function ended(issue: number): Promise<{ id: string; run: State }> {
	let found: { id: string; state: State } | undefined;
	await until(async () => {
		const { rows } = await database.query(
			"select id, state from runs where issue = $1",
			[issue],
		);
		found = rows[0];
		return found?.state.state === "waiting";
	});
	return { id: found?.id ?? "", run: found?.state as State };
}

async function workOf(run: string): Promise<string> {
	const { rows } = await database.query(
		"select report from reports where run_id = $1",
		[run],
	);
	return JSON.stringify(rows[0]?.report.submission);
}

interface Turn {
	turn: number;
	asked: number;
	repeated: number;
	earlier_usd: number;
	usd: number;
}

async function turnsOf(run: string): Promise<Turn[]> {
	const { rows } = await database.query(
		"select turn, asked, repeated, earlier_usd, usd from turns where run_id = $1 order by turn",
		[run],
	);
	return rows;
}

describe.each(POINTS)("killed $when", (point) => {
	let played: Played[];
	beforeAll(async () => {
		played = await playKilled(point);
	}, 3 * PATIENCE_MS);

	test.each(AGENTS.map((agent, i) => ({ ...agent, i })))(
		"$who goes on where it was",
		({ i, work }) => {
			const { run, journal, ledger, work: done } = played[i] as Played;
			expect(run.trouble).toBeUndefined();
			expect(run.gate.name).toBe("requirements");
			for (const part of work) expect(done).toContain(part);

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
	);
});
