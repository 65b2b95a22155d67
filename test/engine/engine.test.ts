// The engine between GitHub's webhooks and its own database, with a phase that
// leaves traces: what people see, and what a kill leaves behind.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "../../src/engine/database.ts";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { HttpServer } from "../../src/engine/http/server.ts";
import { queueDepth } from "../../src/engine/store/queue-depth.ts";
import { insertRun, newestRunOf } from "../../src/engine/store/runs.ts";
import { startChild } from "../support/child.ts";
import { freshDatabase } from "../support/databases.ts";
import { effectsIn, effectsPhase } from "../support/effects-phase.ts";
import {
	connect,
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";
import { begun } from "../support/runs.ts";

const SHOP = "octo/shop";
let stage: EngineStage;
let folder: string;

const issueOf = (repository: string, login: string) =>
	stage.forge.acts.openIssue(repository, login, {
		title: "Churn",
		body: "Predict it.",
	});

const bodies = (issue: number, repository = SHOP) =>
	[...stage.forge.repository(repository).comments.values()]
		.filter((comment) => comment.number === issue)
		.map(({ body }) => body);

const status = (issue: number) =>
	bodies(issue).find((body) => body.includes("### Modelwright")) ?? "";

const until = (holds: () => boolean) =>
	vi.waitUntil(holds, { timeout: 10_000, interval: 20 });

beforeAll(async () => {
	stage = await setEngineStage();
	folder = await mkdtemp(join(tmpdir(), "modelwright-effects-"));
});
afterAll(async () => {
	await stage.close();
	await rm(folder, { recursive: true });
});

describe("an engine that GitHub talks to", () => {
	let engine: Engine;
	let server: HttpServer;
	let file: string;
	let db: Database;

	beforeAll(async () => {
		file = join(folder, "calm");
		const { forge, privateKey } = stage;
		const url = await freshDatabase();
		db = openDatabase(url, () => {});
		engine = await startEngine(
			engineOptions(url, forge.api, privateKey, [effectsPhase(file)]),
		);
		server = await connect(engine, stage);
	});
	afterAll(async () => {
		await server.stop();
		await engine.stop(0);
		await db.destroy();
		expect(stage.forge.violations).toEqual([]);
	});

	it("takes a labelled issue through a phase to its gate, and shows both", async () => {
		const { number } = await issueOf(SHOP, "alice");
		await stage.forge.acts.label(SHOP, number, "alice", "ml-task");
		await until(() => status(number).includes("waiting for your answer"));
		const [first = "", second = ""] = bodies(number);
		expect(first).toContain("**Phase 1 of 12: Problem Analysis**");
		expect(second).toContain("Three steps were taken.");
		expect(bodies(number)).toHaveLength(2);
		expect(effectsIn(file)).toHaveLength(6);
	});

	it("refuses a label of somebody who may only read, in one line", async () => {
		const { number } = await issueOf(SHOP, "alice");
		const opened = stage.forge.deliveries.findLast((d) => d.event === "issues");
		const payload = {
			...JSON.parse(opened?.body ?? ""),
			action: "labeled",
			label: { name: "ml-task" },
			sender: { login: "bob", type: "User" },
		};
		await engine.intake.record({ id: "by-bob", event: "issues", payload });
		await until(() => bodies(number).length > 0);
		expect(bodies(number)).toEqual([
			expect.stringContaining("`bob` has read access"),
		]);
	});

	it("leaves out what a stranger wrote on a public repository", async () => {
		const { number } = await issueOf("octo/open", "eve");
		await stage.forge.acts.label("octo/open", number, "alice", "ml-task");
		await until(() => bodies(number, "octo/open").length === 2);
		const repositoryId = stage.forge.repository("octo/open").id;
		const run = await newestRunOf(db, { repositoryId, issue: number });
		expect(run?.issue.title).toBe(`Issue #${number}`);
		expect(run?.issue.body).toContain("eve is not a collaborator");
	});

	it("keeps silent on commands where no run is", async () => {
		const { number } = await issueOf(SHOP, "alice");
		const { id } = await stage.forge.acts.comment(
			SHOP,
			number,
			"alice",
			"/status",
		);
		await stage.forge.idle();
		await vi.waitUntil(async () => (await queueDepth(db)).deliveries === 0, {
			timeout: 10_000,
		});
		const comment = stage.forge.repository(SHOP).comments.get(id);
		expect(comment?.reactions).toEqual([]);
	});

	it("acknowledges a command and does what it says", async () => {
		const { number } = await issueOf(SHOP, "alice");
		await stage.forge.acts.label(SHOP, number, "alice", "ml-task");
		await until(() => status(number).includes("waiting for your answer"));
		const { id } = await stage.forge.acts.comment(
			SHOP,
			number,
			"alice",
			"/cancel",
		);
		await until(() => status(number).includes("cancelled"));
		const comment = stage.forge.repository(SHOP).comments.get(id);
		const reactions = comment?.reactions.map(({ content }) => content);
		expect(reactions).toEqual(["eyes", "rocket"]);
	});
});

describe("a phase whose code changed while it was at work", {
	timeout: 60_000,
}, () => {
	it.each([
		["left by a process of another version", "PENDING", "engine-0"],
		["resumed in vain by one of another version", "ENQUEUED", "engine-0"],
		["that broke on its new steps", "ERROR", undefined],
	])(
		"%s is given up, agents and all, and a person is asked",
		async (_, state, version) => {
			const { forge, privateKey } = stage;
			const url = await freshDatabase();
			const file = join(folder, state);
			const { number } = await issueOf(SHOP, "alice");
			await forge.acts.label(SHOP, number, "alice", "ml-task");
			const label = forge.deliveries.findLast((d) => d.event === "issues");
			const payload = JSON.parse(label?.body ?? "");
			const dead = await startChild(
				"engine-process.ts",
				JSON.stringify({
					...{ url, api: forge.api, privateKey, file, hangAt: "second" },
					delivery: { id: "a", event: "issues", payload },
				}),
			);
			await until(() => effectsIn(file).some((line) => /^B second/.test(line)));
			await dead.kill();
			const db = openDatabase(url, () => {});
			const agent = sql`jsonb_build_object('workflow_uuid', workflow_uuid || '/agent/a', 'parent_workflow_id', workflow_uuid, 'name', 'agent')`;
			await sql`insert into dbos.workflow_status select (jsonb_populate_record(w, ${agent})).* from dbos.workflow_status w`.execute(
				db,
			);
			await sql`update dbos.workflow_status set application_version = coalesce(${version ?? null}, application_version)`.execute(
				db,
			);
			await sql`update dbos.workflow_status set status = ${state} where name = 'phase'`.execute(
				db,
			);

			const engine = await startEngine(
				engineOptions(url, forge.api, privateKey, [effectsPhase(file)]),
			);
			await until(() => status(number).includes("waiting for your help"));
			const { rows } = await sql<{
				status: string;
			}>`select status from dbos.workflow_status where name = 'agent'`.execute(
				db,
			);
			await engine.stop(0);
			await db.destroy();
			expect(rows).toEqual([{ status: "CANCELLED" }]);
			expect(bodies(number).join()).toContain("Modelwright was updated");
			expect(effectsIn(file)).toHaveLength(3);
		},
	);
});

describe("a killed process", () => {
	it("leaves its phase to the next one, which repeats only the step under way", async () => {
		const { forge, privateKey } = stage;
		const { api } = forge;
		const url = await freshDatabase();
		const file = join(folder, "killed");
		const { number } = await issueOf(SHOP, "alice");
		await forge.acts.label(SHOP, number, "alice", "ml-task");
		const label = forge.deliveries.findLast((d) => d.event === "issues");
		const payload = JSON.parse(label?.body ?? "");
		const delivery = { id: "a", event: "issues", payload };
		const dead = await startChild(
			"engine-process.ts",
			JSON.stringify({
				url,
				api,
				privateKey,
				file,
				hangAt: "second",
				delivery,
			}),
		);
		await until(() => effectsIn(file).some((line) => /^B second/.test(line)));
		await dead.kill();

		const engine = await startEngine(
			engineOptions(url, api, privateKey, [effectsPhase(file)]),
		);
		await until(() => status(number).includes("waiting for your answer"));
		await engine.stop(0);
		const before = dead.child.pid;
		const now = process.pid;
		expect(effectsIn(file)).toEqual([
			`B first ${before}`,
			`E first ${before}`,
			`B second ${before}`,
			`B second ${now}`,
			`E second ${now}`,
			`B third ${now}`,
			`E third ${now}`,
		]);
		expect(bodies(number)).toHaveLength(2);
	});
});

describe("a run whose phase vanished", () => {
	it("is found at the start, and a person is asked", async () => {
		const { forge, privateKey } = stage;
		const url = await freshDatabase();
		const { number } = await issueOf(SHOP, "alice");
		const { run } = begun();
		const db = openDatabase(url, () => {});
		await insertRun(db, {
			...run,
			id: `${forge.repository(SHOP).id}/${number}/1`,
			issue: { ...run.issue, number },
			repository: {
				...run.repository,
				...{ owner: "octo", name: "shop", id: forge.repository(SHOP).id },
				installationId: forge.installationId,
			},
		});
		const engine = await startEngine(
			engineOptions(url, forge.api, privateKey, []),
		);
		await until(() => status(number).includes("waiting for your help"));
		expect(bodies(number).join()).toContain("`/retry`");
		await engine.stop(0);
		await db.destroy();
	});
});
