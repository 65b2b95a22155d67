import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commitFiles } from "../../src/github/commits.ts";
import { jobRef } from "../../src/github/job-commit.ts";
import type { Memory } from "../../src/github/memory.ts";
import type { Permissions } from "../../src/local/forge/app-state.ts";
import { listRefs } from "../../src/local/forge/git/refs.ts";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import {
	WORKFLOW,
	WORKFLOW_PATH,
} from "../../src/views/onboarding/workflow.ts";
import { wakeRun } from "../../src/workspace/runners/actions/wake.ts";
import {
	type ActionsOptions,
	actionsRunner,
} from "../../src/workspace/runners/actions.ts";
import {
	DEFAULT_LIMITS,
	type Job,
	type JobResult,
} from "../../src/workspace/runners/runner.ts";
import {
	memoryOnly,
	openStage,
	REPOSITORY,
	SECRET,
	type Stage,
} from "../github/stage.ts";
import { contract, repository } from "../ml/support/churn.ts";

const PERMISSIONS: Permissions = {
	...{ metadata: "read", contents: "write", actions: "write" },
};

let stage: Stage;
/** How many runs there were before the test. */
let before = 0;
beforeAll(async () => {
	stage = await openStage(PERMISSIONS);
	await stage.forge.acts.push(REPOSITORY, "alice", {
		[WORKFLOW_PATH]: WORKFLOW,
		"data/labels.csv": "id,label\n1,held out\n",
	});
});
beforeEach(() => {
	before = stage.forge.repository(REPOSITORY).workflowRuns.size;
});
afterAll(() => stage.forge.close());

const { actions: CONFIG } = DEFAULT_CONFIG;

const bytes = (text: string) => new TextEncoder().encode(text);

const job = (program: string, more: Partial<Job> = {}): Job => ({
	files: new Map([["train.py", bytes(program)]]),
	commands: [["train.py"]],
	collect: ["out.txt"],
	limits: DEFAULT_LIMITS,
	...more,
});

const HELLO = job("print('hello'); open('out.txt', 'w').write('done')");

async function runnerWith(
	memory: Memory = memoryOnly(),
	secondMs = 5,
	more: Partial<ActionsOptions> = {},
) {
	const { reader } = stage;
	const base = await stage.head();
	return actionsRunner({
		...{ reader, publisher: stage.publisherWith(memory), secondMs },
		...{ config: CONFIG, base: async () => base, scope: "evaluate" },
		...more,
	});
}

const run = async (what: Job) => (await runnerWith()).run(what);
const runs = () =>
	[...stage.forge.repository(REPOSITORY).workflowRuns.values()].slice(before);
const begun = () =>
	expect.poll(() => runs().length, { timeout: 20_000 }).toBe(1);
const refs = async () => [
	...(await listRefs(stage.forge.repository(REPOSITORY).directory)).keys(),
];
const textOf = (result: JobResult, path: string) =>
	new TextDecoder().decode(result.files.get(path));

describe("a job on the repository's own runners", () => {
	it("runs in a workflow that is found by its nonce, and hands over what was asked for", async () => {
		const result = await run(HELLO);
		expect(result).toMatchObject({ status: "ok", reason: "" });
		expect(result.commands[0]).toMatchObject({ exit: 0, output: "hello\n" });
		expect(textOf(result, "out.txt")).toBe("done");
		const [one, ...others] = runs();
		expect(others).toEqual([]);
		expect(result.elsewhere?.page).toMatch(`/actions/runs/${one?.id}`);
		expect(one?.actor.login).toBe("modelwright[bot]");
		expect(stage.forge.violations).toEqual([]);
		expect(stage.undeclaredCalls()).toEqual([]);
	});

	it("is given its files alone: no other file of the repository, no history, no token", async () => {
		const look = `
import glob, json, os
found = sorted(p for p in glob.glob('../**', recursive=True, include_hidden=True) if os.path.isfile(p))
json.dump({'files': found, 'token': 'GITHUB_TOKEN' in os.environ}, open('out.txt', 'w'))
`;
		const result = await run(job(look));
		expect(JSON.parse(textOf(result, "out.txt"))).toEqual({
			files: ["../files/train.py"],
			token: false,
		});
	});

	it("has no network where the runner can take it away, and says whether it could", async () => {
		const { hostname, port } = new URL(stage.forge.base);
		const connect = `import socket; socket.create_connection(("${hostname}", ${port}), 2)`;
		const { elsewhere, status } = await run(job(connect));
		expect(status).toBe(elsewhere?.offline ? "failed" : "ok");
	});

	it("leaves nothing behind: no branch while it runs, no ref when it has ended", async () => {
		const there = await refs();
		await run(HELLO);
		expect(await refs()).toEqual(there);
		expect(jobRef("x")).not.toMatch("refs/heads/");
	});

	it("sees later files only when all that came before has ended", async () => {
		const program =
			"import os, sys; print(os.path.exists('features.csv')); open('out.txt', 'w').write('')";
		const result = await run({
			...job(program),
			files: new Map([
				["train.py", bytes(program)],
				["features.csv", bytes("id\n1\n")],
			]),
			commands: [["train.py"], ["train.py"]],
			later: { command: 1, paths: ["features.csv"] },
		});
		expect(result.commands.map(({ output }) => output)).toEqual([
			"False\n",
			"True\n",
		]);
	});

	it("says which command failed, and how, as other runners do", async () => {
		const result = await run(job("raise SystemExit('no such column')"));
		expect(result).toMatchObject({
			status: "failed",
			commands: [{ exit: 1, output: "no such column\n" }],
		});
		expect(result.reason).toMatch(/`python train.py` ended with status 1/);
	});

	it("never carries a secret of this server", async () => {
		const result = await run(job(`key = "${SECRET}"`));
		expect(result.status).toBe("unavailable");
		expect(result.reason).toMatch("train.py holds a secret of this server");
		expect(runs()).toEqual([]);
	});
});

describe("whatever gets lost on the way", () => {
	it("a lost answer to the dispatch does not lead to two runs", async () => {
		stage.forge.faults.call("actions/create-workflow-dispatch", {
			kind: "fail-afterwards",
		});
		expect(await run(HELLO)).toMatchObject({ status: "ok" });
		expect(runs()).toHaveLength(1);
	});

	it("a dispatch that was not taken is sent again", async () => {
		stage.forge.faults.call("actions/create-workflow-dispatch", {
			...{ kind: "fail", status: 502 },
		});
		expect(await run(HELLO)).toMatchObject({ status: "ok" });
		expect(runs()).toHaveLength(1);
	});

	it("a host that does not tell the run is asked for it by the nonce", async () => {
		stage.forge.faults.run("tells no run");
		expect(await run(HELLO)).toMatchObject({ status: "ok" });
	});

	it("of a dispatch that was taken twice the first counts, the other is cancelled", async () => {
		stage.forge.faults.run("starts twice");
		const slow = job("import time; time.sleep(0.5); open('out.txt', 'w')");
		stage.forge.faults.call("actions/create-workflow-dispatch", {
			kind: "fail-afterwards",
		});
		const result = await run(slow);
		const [first, second] = runs();
		expect(result.elsewhere?.page).toMatch(`/${first?.id}`);
		expect(second?.status).toBe("completed");
	});

	it("a process that ended in between goes on with the run it had started", async () => {
		const memory = memoryOnly();
		const first = await runnerWith(memory);
		const stopping = new AbortController();
		const dispatched = first.run(HELLO, stopping.signal);
		await begun();
		const second = await runnerWith(memory);
		expect(await second.run(HELLO)).toMatchObject({ status: "ok" });
		await dispatched;
		expect(runs()).toHaveLength(1);
	});

	it.each([1, 2, 3, 4])(
		"a process that was killed at note %i of it starts no second run",
		async (last) => {
			const memory = memoryOnly();
			let notes = 0;
			const dying: Memory = {
				...memory,
				async remember(key, value) {
					notes += 1;
					if (notes >= last) throw new Error("the process was killed here");
					await memory.remember(key, value);
				},
			};
			const killed = await (await runnerWith(dying)).run(HELLO);
			expect(killed.reason).toMatch("killed here");
			const resumed = await (await runnerWith(memory)).run(HELLO);
			expect(resumed).toMatchObject({ status: "ok" });
			expect(runs()).toHaveLength(1);
		},
	);

	it("the same job asked for again is another run: code may not repeat itself", async () => {
		const runner = await runnerWith();
		const [one, two] = [await runner.run(HELLO), await runner.run(HELLO)];
		expect(one.elsewhere?.page).not.toBe(two.elsewhere?.page);
		expect(runs()).toHaveLength(2);
	});

	it("the word that a run ended may come twice, or for nobody", async () => {
		const running = run(HELLO);
		wakeRun(0);
		await begun();
		for (let i = 0; i < 3; i += 1) wakeRun(runs()[0]?.id ?? 0);
		expect(await running).toMatchObject({ status: "ok" });
	});
});

describe("a run that is not the one that was started", () => {
	it.each([
		["another actor", /it was started by somebody, not modelwright\[bot\]/],
		["another branch", /it took the workflow from theirs, not main/],
	] as const)("by %s is not read", async (fault, words) => {
		stage.forge.faults.run(fault);
		const result = await run(HELLO);
		expect(result).toMatchObject({ status: "unavailable", commands: [] });
		expect(result.reason).toMatch(words);
	});

	it("has no artifact that counts when its digest is another", async () => {
		stage.forge.faults.run("another artifact");
		const result = await run(HELLO);
		expect(result).toMatchObject({ status: "unavailable", commands: [] });
		expect(result.reason).toMatch(/not the one whose digest GitHub tells/);
	});
});

describe("a job that comes to nothing", () => {
	it("is cancelled and told of when no runner takes it", async () => {
		stage.forge.faults.run("never starts");
		const late: string[] = [];
		const runner = await runnerWith(memoryOnly(), 0.4, {
			onLate: ({ page }) => {
				late.push(page);
				return () => late.push("back");
			},
		});
		const result = await runner.run(HELLO);
		expect(late).toEqual([result.elsewhere?.page, "back"]);
		expect(result.status).toBe("unavailable");
		expect(result.reason).toMatch(
			/No runner took the job within 120 minutes.*labels ubuntu-latest.*\/retry/,
		);
		expect(runs()[0]?.conclusion).toBe("cancelled");
	});

	it("says who has to act when its run was cancelled", async () => {
		stage.forge.faults.run("is cancelled");
		const result = await run(HELLO);
		expect(result.status).toBe("unavailable");
		expect(result.reason).toMatch(/was cancelled on GitHub, .*\/retry/);
	});

	it("names the log when a step of the workflow failed", async () => {
		const result = await run({ ...HELLO, collect: ["no\0path"] });
		expect(result.status).toBe("unavailable");
		expect(result.reason).toMatch(/ended with "failure".*log.*actions\/runs/);
	});

	it("is stopped at its time, with all that it started", async () => {
		const short = { config: { ...CONFIG, minutes: 1 / 60 } };
		const runner = await runnerWith(memoryOnly(), 5, short);
		const endless = job(
			"import subprocess, time; subprocess.Popen(['sleep', '60']); time.sleep(60)",
		);
		expect(await runner.run(endless)).toMatchObject({
			status: "timed out",
			reason: expect.stringMatching(/did not end within 1 seconds/),
		});
	});

	it("ends with the phase that wanted it", async () => {
		const stopping = new AbortController();
		const running = (await runnerWith()).run(
			job("import time; time.sleep(60)"),
			stopping.signal,
		);
		await begun();
		stopping.abort();
		expect(await running).toMatchObject({ reason: "The job was cancelled." });
		await expect.poll(() => runs()[0]?.conclusion).toBe("cancelled");
	});
});

it("the App itself cannot bring a workflow: GitHub refuses it", async () => {
	const committed = commitFiles(stage.client, {
		...{ branch: "modelwright/setup", message: "m" },
		parent: await stage.head(),
		files: [{ path: ".github/workflows/any.yml", content: WORKFLOW }],
	});
	await expect(committed).rejects.toThrow(/without `workflows` permission/);
});

describe("the self-test", () => {
	it("passes where the App may start workflows and there is one", async () => {
		expect(await (await runnerWith()).selfTest()).toEqual({ ok: true });
	});

	it("names the file that is missing, and what writes it", async () => {
		const without = { [WORKFLOW_PATH]: null };
		await stage.forge.acts.push(REPOSITORY, "alice", without);
		expect(await (await runnerWith()).selfTest()).toMatchObject({
			ok: false,
			reason: expect.stringMatching(
				/no \.github\/workflows\/modelwright\.yml.*init --actions/,
			),
		});
	});

	it("makes an evaluation INCONCLUSIVE then, with the same words", async () => {
		const result = await evaluate({
			contract,
			files: repository(),
			runner: await runnerWith(),
		});
		expect(result).toMatchObject({ verdict: "INCONCLUSIVE", cause: "machine" });
		expect(result.reason).toMatch(/modelwright\.yml.*init --actions/);
	});

	it("names the permission that is missing", async () => {
		const other = await openStage({ ...PERMISSIONS, actions: "read" });
		const { reader, publisher } = other;
		const runner = actionsRunner({
			...{
				reader,
				publisher,
				config: CONFIG,
				scope: "x",
				secondMs: 1,
			},
			base: () => other.head(),
		});
		const result = await runner.run(HELLO);
		await other.forge.close();
		expect(result.status).toBe("unavailable");
		expect(result.reason).toMatch(/permission Actions, read and write/);
	});
});
