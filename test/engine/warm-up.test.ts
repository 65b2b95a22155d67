// Agents side by side after a long pause: one request fills the cache for all.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "../../src/engine/database.ts";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { LeadInput } from "../../src/engine/lead.ts";
import { call } from "../../src/local/scripted-model/server/reply.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../src/local/scripted-model/server/server.ts";
import { makeModel } from "../../src/model/client.ts";
import type { Lead, Phase } from "../../src/phases/phase.ts";
import { EXPLORATION, EXPLORE, FILES } from "../support/agent-stage.ts";
import { freshDatabase } from "../support/databases.ts";
import {
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";
import { silentLog } from "../support/silent-log.ts";

const REPOSITORY = "octo/paused";
const TWO_HOURS = 2 * 3_600_000;
const pauses = [
	Promise.withResolvers<void>(),
	Promise.withResolvers<void>(),
] as const;

/** Alone; then two after a pause; then two more, soon after them. */
const phase: Phase = {
	number: 1,
	name: "Problem Analysis",
	metaPhase: "Discovery",
	goal: "Explore",
	report: "requirements",
	async perform({ agents }) {
		const task = (name: string) => ({ ...EXPLORE, name, phase: 1 });
		await agents.one(task("alone"));
		await pauses[0].promise;
		await agents.inParallel(task("a"), task("b"));
		await pauses[1].promise;
		await agents.inParallel(task("c"), task("d"));
		return { open_questions: [] } as never;
	},
	gate: () => ({
		name: "requirements",
		command: "/approve",
		question: "Go on?",
	}),
	view: () => ({ summary: "All was explored.", details: [] }),
};

describe("agents that start side by side", () => {
	let stage: EngineStage;
	let model: ScriptedModel;
	let engine: Engine;
	let db: Database;
	let dataDir: string;
	let elapsed = 0;

	beforeAll(async () => {
		stage = await setEngineStage();
		dataDir = await mkdtemp(join(tmpdir(), "modelwright-warm-"));
		const { forge, privateKey } = stage;
		await forge.addRepository("octo", "paused", FILES);
		forge.setPermission(REPOSITORY, "alice", "admin");
		model = await startScriptedModel({
			rules: [
				{
					name: "explorer",
					reply: [call("submit_exploration", EXPLORATION)],
				},
			],
			now: () => Date.now() + elapsed,
		});
		const url = await freshDatabase();
		db = openDatabase(url, () => {});
		engine = await startEngine({
			...engineOptions(url, forge.api, privateKey, [phase]),
			makeLead: ({ run, agents }: LeadInput) =>
				({ run, before: {}, agents }) as unknown as Lead,
			dataDir,
			model: makeModel({
				...{ apiKey: "sk-test", baseUrl: model.url, log: silentLog },
			}),
		});
		const text = { title: "Churn", body: "Predict it." };
		const { number } = await forge.acts.openIssue(REPOSITORY, "alice", text);
		await forge.acts.label(REPOSITORY, number, "alice", "ml-task");
		const label = forge.deliveries.findLast((d) => d.event === "issues");
		await engine.intake.record({
			...{ id: "label", event: "issues" },
			payload: JSON.parse(label?.body ?? ""),
		});
	}, 60_000);
	afterAll(async () => {
		await engine.stop(0);
		await db.destroy();
		await model.close();
		await stage.close();
		await rm(dataDir, { recursive: true });
	});

	/** What was asked so far; the request that only warms is told by its rule. */
	const asked = () =>
		model.journal.map(({ agent, rule }) =>
			rule === "cache warming" ? rule : agent.split("/")[1],
		);
	const until = (count: number) =>
		vi.waitUntil(
			() => model.journal.filter(({ complete }) => complete).length === count,
			{ timeout: 20_000, interval: 20 },
		);

	it("find the cache filled by one request before them, when the run has long been idle", async () => {
		await until(1);
		await db
			.updateTable("turns")
			.set({ asked_at: sql<Date>`now() - interval '2 hours'` })
			.execute();
		// Neither what another model took in nor what was refused warms this one.
		await sql`insert into turns (run_id, conversation, turn, model, usd, reserved_usd, asked_by)
			select run_id, 'other', 1, 'another', 1, 1, asked_by from turns
			union all select run_id, 'refused', 1, model, 0, 1, asked_by from turns`.execute(
			db,
		);
		elapsed = TWO_HOURS;
		pauses[0].resolve();
		await until(4);
		expect(asked().slice(0, 2)).toEqual(["alone", "cache warming"]);
		expect(asked().slice(2).sort()).toEqual(["a", "b"]);
		const [, warming, ...both] = model.journal.map(({ usage }) => usage);
		const written = warming?.cache_creation.ephemeral_1h_input_tokens ?? 0;
		expect(written).toBeGreaterThan(1_000);
		for (const usage of both) {
			expect(usage?.cache_creation.ephemeral_1h_input_tokens).toBe(0);
			expect(usage?.cache_read_input_tokens).toBeGreaterThan(written);
		}
	});

	it("start at once where the cache is still warm", async () => {
		pauses[1].resolve();
		await until(6);
		expect(asked().slice(4).sort()).toEqual(["c", "d"]);
	});

	it("have the request that warmed in the ledger, like any other", async () => {
		const rows = await db
			.selectFrom("turns")
			.select(["conversation", "turn", "asked", "usd", "reserved_usd"])
			.where("conversation", "like", "%/agent/warm-up/%")
			.execute();
		expect(rows).toEqual([
			expect.objectContaining({ turn: 1, asked: 1, usd: expect.any(Number) }),
		]);
		expect(rows[0]?.usd).toBeGreaterThan(0);
		expect(rows[0]?.usd).toBeLessThanOrEqual(rows[0]?.reserved_usd ?? 0);
	});
});
