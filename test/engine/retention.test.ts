// A run that really ran, and what is left of it when its time is over.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "../../src/engine/database.ts";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { HttpServer } from "../../src/engine/http/server.ts";
import { forgetOldRuns } from "../../src/engine/retention.ts";
import {
	insertRun,
	newestRunOf,
	readRun,
	writeRun,
} from "../../src/engine/store/runs.ts";
import type { Run } from "../../src/run/run.ts";
import { freshDatabase } from "../support/databases.ts";
import { effectsPhase } from "../support/effects-phase.ts";
import {
	connect,
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";
import { silent } from "../support/silent-logger.ts";

const SHOP = "octo/shop";
let stage: EngineStage;
let folder: string;
let engine: Engine;
let server: HttpServer;
let db: Database;

beforeAll(async () => {
	stage = await setEngineStage();
	folder = await mkdtemp(join(tmpdir(), "modelwright-retention-"));
	const url = await freshDatabase();
	db = openDatabase(url, () => {});
	const { api } = stage.forge;
	const phases = [effectsPhase(join(folder, "effects"))];
	engine = await startEngine(engineOptions(url, api, stage.privateKey, phases));
	server = await connect(engine, stage);
});
afterAll(async () => {
	await server.stop();
	await engine.stop(0);
	await db.destroy();
	await stage.close();
	await rm(folder, { recursive: true });
});

/** A run cancelled at its first gate, `days` ago as far as the rows say. */
async function endedRun(days: number, more: Partial<Run> = {}): Promise<Run> {
	const { acts, repository } = stage.forge;
	const { number } = await acts.openIssue(SHOP, "alice", {
		title: "Churn",
		body: "Predict it.",
	});
	await acts.label(SHOP, number, "alice", "ml-task");
	const task = { repositoryId: repository(SHOP).id, issue: number };
	const state = async (wanted: string) =>
		vi.waitUntil(
			async () => {
				const run = await newestRunOf(db, task);
				return run?.state === wanted ? run : undefined;
			},
			{ timeout: 10_000, interval: 20 },
		);
	await state("waiting");
	await acts.comment(SHOP, number, "alice", "/cancel it is too late");
	const run = await state("cancelled");
	await vi.waitUntil(async () => (await engine.queueDepth()).orders === 0, {
		timeout: 10_000,
	});
	const endedAt = new Date(Date.now() - days * 86_400_000).toISOString();
	const old = { ...run, ...more, endedAt };
	await writeRun(db, old);
	await sql`insert into turns (run_id, conversation, turn, model, asked_by, reserved_usd)
		values (${run.id}, ${run.id}, 1, 'm', 'x', 1)`.execute(db);
	await sql`update deliveries set received_at = ${endedAt}
		where topic = ${`${task.repositoryId}/${number}`}`.execute(db);
	return old;
}

const count = async (query: ReturnType<typeof sql<{ n: string }>>) =>
	Number((await query.execute(db)).rows[0]?.n);

/** How much is there of a run, by kind. */
async function leftOf({ id, repository, issue }: Run) {
	const rows = (table: string) =>
		count(
			sql`select count(*) as n from ${sql.table(table)} where run_id = ${id}`,
		);
	return {
		attempts: await rows("attempts"),
		reports: await rows("reports"),
		turns: await rows("turns"),
		published: await rows("published"),
		orders: await rows("orders"),
		deliveries: await count(
			sql`select count(*) as n from deliveries where topic = ${`${repository.id}/${issue.number}`}`,
		),
		journals: await count(
			sql`select count(*) as n from dbos.workflow_status where starts_with(workflow_uuid, ${`run/${id}/`})`,
		),
		steps: await count(
			sql`select count(*) as n from dbos.operation_outputs where starts_with(workflow_uuid, ${`run/${id}/`})`,
		),
	};
}

const NOTHING = {
	...{ attempts: 0, reports: 0, turns: 0, published: 0 },
	...{ orders: 0, deliveries: 0, journals: 0, steps: 0 },
};

const tidy = () => forgetOldRuns({ db, log: silent });

it("of a run that ended long ago only its row stays, with what was decided", async () => {
	const run = await endedRun(31);
	const before = await leftOf(run);
	for (const [kind, n] of Object.entries(before))
		expect(n, kind).toBeGreaterThan(0);
	await tidy();
	expect(await leftOf(run)).toEqual(NOTHING);
	const left = await readRun(db, run.id);
	expect(left).toMatchObject({
		state: "cancelled",
		decisions: [{ by: "alice" }],
	});
	expect(left?.issue.body).toBe("");
});

it("a run that ended the other day stays whole", async () => {
	const run = await endedRun(29);
	const before = await leftOf(run);
	await tidy();
	expect(await leftOf(run)).toEqual(before);
});

it("the repository says how many days", async () => {
	const { config } = await endedRun(1);
	const short = await endedRun(3, {
		config: { ...config, retention: { days: 2 } },
	});
	const long = await endedRun(300, {
		config: { ...config, retention: { days: 365 } },
	});
	await tidy();
	expect(await leftOf(short)).toEqual(NOTHING);
	expect((await leftOf(long)).reports).toBe(1);
});

it("a delivered run keeps its reports until its pull requests are dealt with", async () => {
	const run = await endedRun(31, { state: "delivered" });
	await tidy();
	expect(await leftOf(run)).toMatchObject({
		...{ attempts: 0, journals: 0, steps: 0, reports: 1, turns: 1 },
	});
	await writeRun(db, { ...run, state: "closed" });
	await tidy();
	expect(await leftOf(run)).toEqual(NOTHING);
});

it("a delivered run that a newer one superseded is emptied like any other", async () => {
	const run = await endedRun(31, { state: "delivered" });
	const id = run.id.replace(/1$/, "2");
	await insertRun(db, { ...run, id, endedAt: new Date().toISOString() });
	await tidy();
	expect((await leftOf(run)).reports).toBe(0);
	expect((await readRun(db, run.id))?.issue.body).toBe("");
	expect((await readRun(db, id))?.issue.body).toBe("Predict it.");
});

it("a preview opened no pull request whose merging its reports would wait for", async () => {
	const { config } = await endedRun(1);
	const run = await endedRun(31, {
		state: "delivered",
		config: { ...config, preview: true },
	});
	await tidy();
	expect((await leftOf(run)).reports).toBe(0);
});
