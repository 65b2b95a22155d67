// A writer's conversation over HTTP: what it edited is kept with each answer,
// so that a process may die at any point without losing an edit or asking twice.
import { afterEach, expect, test } from "vitest";
import { converse } from "../../src/agents/agent.ts";
import type { Assignment } from "../../src/agents/assignment.ts";
import { call, text } from "../../src/local/scripted-model/server/reply.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import type { Job, Runner } from "../../src/workspace/runners/runner.ts";
import { contract } from "../ml/support/churn.ts";
import { openStage, type Stage } from "../support/agent-stage.ts";
import { Killed, keepingJournal } from "../support/journals.ts";

const TASK: Assignment<"change"> = {
	role: "ml-writer",
	name: "write-model",
	phase: 7,
	submit: "change",
	brief: "Write the model.",
};
const LOADER = "churn/loader.py";
const TEST = "tests/test_model.py";
const CHANGE = { title: "A model", why: "It was approved.", what: ["a model"] };
const insideLoader = (old_str: string, new_str: string) =>
	call("str_replace", { path: LOADER, old_str, new_str });

const WRITER = script("writer", {}, [
	[call("view", { path: LOADER }), call("glob", { pattern: "*.py" })],
	[
		insideLoader("open(path)", "open(path, newline='')"),
		call("create", { path: TEST, file_text: "import unittest\n" }),
		call("view", { path: LOADER }),
	],
	[
		insideLoader("load(path)", "load(path: str)"),
		call("run_checks", { check: "tests" }),
		call("run_checks", { check: "smoke" }),
		call("run_checks", { check: "tests" }),
	],
	[call("delete_file", { path: "data/customers.csv" })],
	[call("submit_change", { ...CHANGE, files: [], replacements: [] })],
]);
const WRITTEN = {
	...CHANGE,
	files: [
		{
			path: LOADER,
			content: "def load(path: str):\n\treturn open(path, newline='')\n",
		},
		{ path: TEST, content: "import unittest\n" },
	],
	replacements: [],
	deletions: ["data/customers.csv"],
};

function recordingRunner(jobs: Job[]): Runner {
	return {
		name: "wasm",
		selfTest: async () => ({ ok: true }),
		async run(job) {
			jobs.push(job);
			const output = "Ran 1 test in 0.1s\n\nOK";
			const [args = []] = job.commands;
			return {
				...{ status: "ok", reason: "", seconds: 0.1 },
				files: new Map(),
				commands: [{ args, exit: 0, output, seconds: 0.1 }],
			};
		},
	};
}

let stage: Stage;
afterEach(() => stage.close());

test("checks run the change so far, and not again while nothing is edited", async () => {
	stage = await openStage([WRITER]);
	const jobs: Job[] = [];
	const checks = { runner: recordingRunner(jobs), commands: {} };
	const outcome = await converse(TASK, stage.world({ checks }));
	expect(outcome).toMatchObject({ ok: true, submission: WRITTEN });
	expect(jobs).toHaveLength(1);
	const loader = jobs[0]?.files.get(LOADER);
	expect(new TextDecoder().decode(loader)).toContain("path: str");
	const sent = stage.sent.bodies.join("\n");
	expect(sent).toContain("tests passed: 1 passed, 0 failed");
	expect(sent).toContain("not run: there is no evaluation contract yet");
	expect(sent).toContain("Nothing was edited since the same check");
});

test("tests that a writer runs see no row the evaluation holds out", async () => {
	stage = await openStage([
		script("curious", {}, [
			[call("run_checks", { check: "tests" })],
			[call("submit_change", { ...CHANGE, deletions: [LOADER] })],
		]),
	]);
	const table = stage.tree.text("data/customers.csv");
	const jobs: Job[] = [];
	const held = {
		...contract,
		...{ data: "data/customers.csv", label: "churned", positive: "1" },
		...{ id: "customer_id", slices: [] },
		split: { kind: "random", group: "", held_out: 0.34 } as const,
	};
	const runner = recordingRunner(jobs);
	const checks = { runner, commands: { tests: "python t.py" }, contract: held };
	await converse(TASK, stage.world({ checks }));
	const seen = jobs[0]?.files.get("data/customers.csv");
	const lines = new TextDecoder().decode(seen).trim().split("\n");
	expect(lines).toHaveLength(3);
	for (const line of lines) expect(await table).toContain(line);
});

test.each(Array.from({ length: 9 }, (_, i) => i))(
	"killed after %i steps, the writer goes on with every edit it had made",
	async (steps) => {
		stage = await openStage([WRITER]);
		const kept = new Map<string, string>();
		const dying = stage.world({ journal: keepingJournal(kept, steps) });
		await expect(converse(TASK, dying)).rejects.toBeInstanceOf(Killed);
		const again = stage.world({ journal: keepingJournal(kept) });
		const outcome = await converse(TASK, again);
		expect(outcome).toMatchObject({ ok: true, submission: WRITTEN, turns: 5 });
		expect(stage.sent.bodies).toHaveLength(5);
		expect(outcome.usd).toBeCloseTo(stage.server.totals().usd, 9);
	},
);

test("a journal holds each turn's own edits once, not the whole change again", async () => {
	stage = await openStage([WRITER]);
	const kept = new Map<string, string>();
	await converse(TASK, stage.world({ journal: keepingJournal(kept) }));
	const edits = [1, 2, 3, 4].map((turn) =>
		Object.keys(JSON.parse(kept.get(`tools ${turn}`) ?? "{}").edits),
	);
	expect(edits).toEqual([[], [LOADER, TEST], [LOADER], ["data/customers.csv"]]);
});

test("who hands nothing in is told so twice, then it is a failure", async () => {
	stage = await openStage([script("silent", {}, [[text("I am done.")]])]);
	const outcome = await converse(TASK, stage.world());
	expect(outcome).toMatchObject({
		ok: false,
		failure: { kind: "invalid submission" },
	});
	expect(stage.sent.bodies).toHaveLength(3);
	expect(stage.sent.bodies[2]).toContain("Call submit_change now");
});

test("a submission with faults is sent back in words, then taken", async () => {
	const wrong = { path: LOADER, quote: "def loda(", replacement: "" };
	stage = await openStage([
		script("hasty", {}, [
			[call("submit_change", { ...CHANGE, replacements: [wrong] })],
			[call("submit_change", { ...CHANGE, deletions: ["gone.py"] })],
			[call("submit_change", { ...CHANGE, deletions: [LOADER] })],
		]),
	]);
	const outcome = await converse(TASK, stage.world());
	expect(outcome).toMatchObject({
		ok: true,
		submission: { ...CHANGE, files: [], deletions: [LOADER] },
	});
	expect(stage.sent.bodies[1]).toContain("does not occur");
	expect(stage.sent.bodies[2]).toContain("does not exist");
});

test("what the publisher would refuse is sent back while the writer can mend it", async () => {
	const key = `KEY = "AKIA${"ABCD".repeat(4)}"\n`;
	const files = [{ path: "churn/key.py", content: key }];
	stage = await openStage([
		script("leaky", {}, [
			[call("submit_change", { ...CHANGE, files })],
			[call("submit_change", { ...CHANGE, why: key, deletions: [LOADER] })],
			[call("submit_change", { ...CHANGE, deletions: [LOADER] })],
		]),
	]);
	const outcome = await converse(TASK, stage.world());
	expect(outcome).toMatchObject({ ok: true, turns: 3 });
	expect(stage.sent.bodies[1]).toContain("churn/key.py: it holds what looks");
	expect(stage.sent.bodies[2]).toContain("why, what: it holds what looks");
});

test("a writer that goes on from a change hands in that change, mended", async () => {
	stage = await openStage([
		script("repair", {}, [
			[call("view", { path: TEST })],
			[
				call("str_replace", {
					path: TEST,
					old_str: "import unittest",
					new_str: "import unittest as t",
				}),
				call("submit_change", CHANGE),
			],
		]),
	]);
	const quote = "open(path)";
	const start = {
		...CHANGE,
		deletions: ["data/customers.csv"],
		files: [{ path: TEST, content: "import unittest\n" }],
		replacements: [{ path: LOADER, quote, replacement: "iter(path)" }],
	};
	const outcome = await converse({ ...TASK, start }, stage.world());
	expect(outcome).toMatchObject({
		ok: true,
		submission: {
			files: [
				{ path: TEST, content: "import unittest as t\n" },
				{ path: LOADER, content: "def load(path):\n\treturn iter(path)\n" },
			],
			replacements: [],
			deletions: ["data/customers.csv"],
		},
	});
});
