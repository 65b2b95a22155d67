// What people see of a model service that refuses the key or asks to wait, and
// that what was answered before is not paid for again.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { HttpServer } from "../../src/engine/http/server.ts";
import type { LeadInput } from "../../src/engine/lead.ts";
import { call } from "../../src/local/scripted-model/server/reply.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../src/local/scripted-model/server/server.ts";
import { makeModel } from "../../src/model/client.ts";
import type { Lead, Phase } from "../../src/phases/phase.ts";
import { EXPLORATION, EXPLORE, FILES } from "../support/agent-stage.ts";
import { freshDatabase } from "../support/databases.ts";
import {
	connect,
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";
import { silentLog } from "../support/silent-log.ts";

const REPOSITORY = "octo/faulty";

const phase: Phase = {
	number: 1,
	name: "Problem Analysis",
	metaPhase: "Discovery",
	goal: "Explore",
	report: "requirements",
	async perform({ agents }) {
		await agents.one({ ...EXPLORE, phase: 1 });
		return { open_questions: [] } as never;
	},
	gate: () => ({
		name: "requirements",
		command: "/approve",
		question: "Go on?",
	}),
	view: () => ({ summary: "All was explored.", details: [] }),
};

describe("a model service", () => {
	let stage: EngineStage;
	let model: ScriptedModel;
	let engine: Engine;
	let server: HttpServer;
	let dataDir: string;

	beforeAll(async () => {
		stage = await setEngineStage();
		dataDir = await mkdtemp(join(tmpdir(), "modelwright-faults-"));
		const { forge, privateKey } = stage;
		await forge.addRepository("octo", "faulty", FILES);
		forge.setPermission(REPOSITORY, "alice", "admin");
		model = await startScriptedModel({
			rules: [
				script("explorer", {}, [
					[call("view", { path: "churn/loader.py" })],
					[call("submit_exploration", EXPLORATION)],
				]),
			],
		});
		engine = await startEngine({
			...engineOptions(await freshDatabase(), forge.api, privateKey, [phase]),
			makeLead: ({ run, agents }: LeadInput) =>
				({ run, before: {}, agents }) as unknown as Lead,
			dataDir,
			model: makeModel({
				...{ apiKey: "sk-test", baseUrl: model.url, log: silentLog },
			}),
		});
		server = await connect(engine, stage);
	}, 60_000);
	afterAll(async () => {
		await server.stop();
		await engine.stop(0);
		await model.close();
		await stage.close();
		await rm(dataDir, { recursive: true });
	});

	/** Spoils the second turn of the conversation about a new issue. */
	async function labelled(status: number, headers = {}): Promise<number> {
		const { acts } = stage.forge;
		const text = { title: "Churn", body: "Predict it." };
		const { number } = await acts.openIssue(REPOSITORY, "alice", text);
		model.rules.unshift({
			...{ name: "fault", when: { turn: 2 }, times: 1 },
			fault: { kind: "status", status, headers },
		});
		await acts.label(REPOSITORY, number, "alice", "ml-task");
		return number;
	}
	const bodies = (issue: number) =>
		[...stage.forge.repository(REPOSITORY).comments.values()]
			.filter(({ number }) => number === issue)
			.map(({ body }) => body);
	const until = (issue: number, words: string) =>
		vi.waitUntil(() => bodies(issue).find((body) => body.includes(words)), {
			...{ timeout: 20_000, interval: 20 },
		});

	it("that refuses the key stops the phase with what the operator must do, and /retry pays for nothing twice", async () => {
		const issue = await labelled(401);
		const trouble = await until(issue, " stopped.**");
		expect(trouble).toContain("Comment `/retry` to go on");
		expect(trouble).toMatch(/refused this server's key \(status 401, request/);
		expect(trouble).toMatch(/operator must set a valid .?ANTHROPIC_API_KEY/);
		await stage.forge.acts.comment(REPOSITORY, issue, "alice", "/retry");
		await until(issue, "waiting for your answer");
		const asked = model.journal.map(({ turn, status }) => [turn, status]);
		expect(asked).toEqual([
			[1, 200],
			[2, 401],
			[2, 200],
		]);
	});

	it("that would not take one request, nobody knows why, costs no answer given before", async () => {
		const before = model.journal.length;
		const issue = await labelled(400);
		const trouble = await until(issue, " stopped.**");
		expect(trouble).toContain("Comment `/retry` to go on");
		expect(trouble).toContain("did not accept our request (status 400");
		await stage.forge.acts.comment(REPOSITORY, issue, "alice", "/retry");
		await until(issue, "waiting for your answer");
		const asked = model.journal.slice(before);
		expect(asked.map(({ turn, status }) => [turn, status])).toEqual([
			[1, 200],
			[2, 400],
			[2, 200],
		]);
	});

	it("that asks to wait is waited for, as the status comment says, and /cancel is heard meanwhile", async () => {
		const issue = await labelled(429, { "retry-after": "3000" });
		const status = await until(issue, "Waiting for the model service until");
		expect(status).toMatch(/until \d\d:\d\d UTC\./);
		await stage.forge.acts.comment(REPOSITORY, issue, "alice", "/cancel");
		await until(issue, "— cancelled");
	});
});
