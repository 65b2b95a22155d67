// What agents were answered before a run's money ran out, and after it came.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { HttpServer } from "../../src/engine/http/server.ts";
import type { LeadInput } from "../../src/engine/lead.ts";
import { call, text } from "../../src/local/scripted-model/server/reply.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../src/local/scripted-model/server/server.ts";
import { makeModel } from "../../src/model/client.ts";
import type { Lead, Phase } from "../../src/phases/phase.ts";
import { EXPLORATION, FILES } from "../support/agent-stage.ts";
import { freshDatabase } from "../support/databases.ts";
import {
	connect,
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";
import { silentLog } from "../support/silent-log.ts";

const NAMES = ["one", "two", "three"];
const REPOSITORY = "octo/frugal";

/** Three explorers side by side, and one more that sums up. */
const exploring: Phase = {
	number: 1,
	name: "Problem Analysis",
	metaPhase: "Discovery",
	goal: "Explore",
	report: "requirements",
	async perform({ agents }) {
		const task = (name: string) => ({
			...{ name, role: "ml-explorer" as const, phase: 1 },
			submit: "exploration" as const,
			...{ brief: `Explore ${name}.`, reads: [] },
		});
		await agents.inParallel(...NAMES.map(task));
		await agents.one(task("last"));
		return { open_questions: [] } as never;
	},
	gate: () => ({
		name: "requirements",
		command: "/approve",
		question: "Go on?",
	}),
	view: () => ({ summary: "All was explored.", details: [] }),
};

const withAgents = ({ run, agents }: LeadInput) =>
	({ run, before: {}, agents }) as unknown as Lead;

describe("a phase that ran out of money", () => {
	let stage: EngineStage;
	let model: ScriptedModel;
	let engine: Engine;
	let server: HttpServer;
	let dataDir: string;
	let issue: number;

	beforeAll(async () => {
		stage = await setEngineStage();
		dataDir = await mkdtemp(join(tmpdir(), "modelwright-kept-"));
		const { forge, privateKey } = stage;
		await forge.addRepository("octo", "frugal", {
			...FILES,
			".github/modelwright.yml": "budget: 1\n",
		});
		forge.setPermission(REPOSITORY, "alice", "admin");
		// Each costs some twenty cents: the money never lasts for all of them.
		const thought = text("Let me see. ".repeat(3_300));
		const turns = [
			[thought, call("view", { path: "churn/loader.py" })],
			[thought, call("grep", { pattern: "def" })],
			[call("submit_exploration", EXPLORATION)],
		];
		model = await startScriptedModel({
			rules: [
				{
					name: "explorer",
					reply: ({ turn }) => turns[turn - 1] ?? [],
				},
			],
		});
		engine = await startEngine({
			...engineOptions(await freshDatabase(), forge.api, privateKey, [
				exploring,
			]),
			...{ makeLead: withAgents, dataDir },
			model: makeModel({
				...{ apiKey: "sk-test", baseUrl: model.url, log: silentLog },
			}),
		});
		server = await connect(engine, stage);
		const opened = await forge.acts.openIssue(REPOSITORY, "alice", {
			title: "Churn",
			body: "Predict it.",
		});
		issue = opened.number;
		await forge.acts.label(REPOSITORY, issue, "alice", "ml-task");
	}, 60_000);
	afterAll(async () => {
		await server.stop();
		await engine.stop(0);
		await model.close();
		await stage.close();
		await rm(dataDir, { recursive: true });
	});

	const bodies = () =>
		[...stage.forge.repository(REPOSITORY).comments.values()].map(
			({ body }) => body,
		);
	const status = () =>
		bodies().find((body) => body.includes("### Modelwright")) ?? "";
	const until = (words: string) =>
		vi.waitUntil(() => status().includes(words), {
			...{ timeout: 20_000, interval: 20 },
		});
	const asked = () =>
		model.journal
			.filter(({ rule }) => rule !== "cache warming")
			.map(({ agent, turn }) => `${agent} ${turn}`)
			.sort();

	it("says which limit that was, and the command that goes on", async () => {
		await until("waiting for your help");
		const trouble = await vi.waitUntil(
			() => bodies().find((body) => body.includes(" stopped.**")),
			{ timeout: 20_000 },
		);
		expect(trouble).toMatch(/Comment `\/budget \d+` to go on/);
		expect(trouble).toMatch(/This run has spent \$0\.\d+ of its \$1\.00/);
		expect(asked().length).toBeGreaterThan(0);
	});

	it("goes on with more, and pays for no answer twice", async () => {
		const before = asked();
		await stage.forge.acts.comment(REPOSITORY, issue, "alice", "/budget 40");
		await until("waiting for your answer");
		const each = [...NAMES, "last"].flatMap((name) =>
			[1, 2, 3].map((turn) => `ml-explorer/${name} ${turn}`),
		);
		expect(asked()).toEqual(each.sort());
		expect(before.length).toBeLessThan(each.length);
	});

	it("tells in /status what each phase took", async () => {
		await stage.forge.acts.comment(REPOSITORY, issue, "alice", "/status");
		const standing = await vi.waitUntil(
			() => bodies().find((body) => body.includes("**Spent on the model**")),
			{ timeout: 20_000 },
		);
		expect(standing).toMatch(/\| 1 Problem Analysis \| 1\d \| [\d,]+ \|/);
		expect(standing).toContain("Phases 7 to 12 will probably cost $");
	});

	it("asks for everything anew when it is to be run again from the start", async () => {
		const before = asked().length;
		await stage.forge.acts.comment(REPOSITORY, issue, "alice", "/retry 1");
		await vi.waitUntil(() => asked().length === before * 2, {
			timeout: 20_000,
		});
	});
});
