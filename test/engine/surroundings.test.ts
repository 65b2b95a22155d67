// What happens around a run that nobody commanded: replies, labels, locks, and
// places that go away. Real webhooks of the forge, the engine's own database.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "../../src/engine/database.ts";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { HttpServer } from "../../src/engine/http/server.ts";
import { queueDepth } from "../../src/engine/store/queue-depth.ts";
import { hasReport } from "../../src/engine/store/reports.ts";
import { newestRunOf } from "../../src/engine/store/runs.ts";
import type { Forge } from "../../src/local/forge/forge.ts";
import { askingPhase } from "../support/asking-phase.ts";
import { freshDatabase } from "../support/databases.ts";
import {
	connect,
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";

const SHOP = "octo/shop";
let stage: EngineStage;
let forge: Forge;
let engine: Engine;
let server: HttpServer;
let db: Database;
/** What the phase does before it asks. */
let work = async () => {};

beforeAll(async () => {
	stage = await setEngineStage();
	forge = stage.forge;
	const url = await freshDatabase();
	db = openDatabase(url, () => {});
	engine = await startEngine(
		engineOptions(url, forge.api, stage.privateKey, [
			askingPhase(() => work()),
		]),
	);
	server = await connect(engine, stage);
});
afterAll(async () => {
	await server.stop();
	await engine.stop(0);
	await db.destroy();
	expect(forge.violations).toEqual([]);
	await stage.close();
});

const runOf = (issue: number, repository: { id: number }) =>
	newestRunOf(db, { repositoryId: repository.id, issue });

async function until(holds: () => boolean | Promise<boolean>) {
	await vi.waitUntil(holds, { timeout: 10_000, interval: 20 });
}

/** Everything told was dealt with, and everything ordered was done or given up. */
const atRest = () =>
	until(async () => {
		await forge.idle();
		const { deliveries, orders } = await queueDepth(db);
		return Number(deliveries) + Number(orders) === 0;
	});

/** A labelled issue whose run waits for an answer. */
async function waitingTask(at = SHOP) {
	const text = { title: "Churn", body: "Predict it." };
	const { number } = await forge.acts.openIssue(at, "alice", text);
	const repository = forge.repository(at);
	await forge.acts.label(at, number, "alice", "ml-task");
	await until(
		async () => (await runOf(number, repository))?.state === "waiting",
	);
	await atRest();
	return { number, run: () => runOf(number, repository) };
}

const reactionsTo = (comment: number) =>
	forge
		.repository(SHOP)
		.comments.get(comment)
		?.reactions.map(({ content }) => content);

describe("a reply in plain words", () => {
	it("answers the question that waits, when somebody says it who may", async () => {
		const { number, run } = await waitingTask();
		const say = (login: string, body: string) =>
			forge.acts.comment(SHOP, number, login, body);
		const quiet = [
			await say("bob", "Daily, I would say."),
			await say("alice", "> How often?"),
		];
		await atRest();
		expect((await run())?.state).toBe("waiting");
		expect(quiet.flatMap(({ id }) => reactionsTo(id))).toEqual([]);
		const { id } = await say("alice", "> How often?\n\nEvery Monday.");
		await until(async () => ((await run())?.notes.length ?? 0) > 0);
		await atRest();
		expect(reactionsTo(id)).toEqual(["eyes", "rocket"]);
		expect((await run())?.notes).toEqual([
			{ phase: 1, by: "alice", text: "Every Monday.", question: 1 },
		]);
	});

	it("is not even kept where nothing was asked", async () => {
		const { number } = await waitingTask();
		await forge.acts.comment(SHOP, number, "alice", "/cancel");
		await atRest();
		await forge.acts.comment(SHOP, number, "alice", "A secret of ours.");
		await forge.idle();
		const kept = await db.selectFrom("deliveries").select("payload").execute();
		expect(JSON.stringify(kept)).not.toContain("A secret of ours.");
	});
});

describe("an answer", () => {
	it("that comes the moment the question is posted is not too early", async () => {
		// The comment is out, but the run does not know yet that it asks.
		forge.faults.call("issues/get-comment", {
			...{ kind: "slow", milliseconds: 700 },
		});
		const text = { title: "Churn", body: "Predict it." };
		const { number } = await forge.acts.openIssue(SHOP, "alice", text);
		await forge.acts.label(SHOP, number, "alice", "ml-task");
		const asked = () =>
			[...forge.repository(SHOP).comments.values()].some(
				(comment) =>
					comment.number === number && comment.body.includes("/answer 1"),
			);
		await until(asked);
		const run = await runOf(number, forge.repository(SHOP));
		expect(run?.state).toBe("working");
		const { id } = await forge.acts.comment(SHOP, number, "alice", "/approve");
		await until(() => (reactionsTo(id)?.length ?? 0) > 1);
		expect(reactionsTo(id)).toEqual(["eyes", "rocket"]);
	});
});

describe("a cancel", () => {
	it("while the result is on its way out shows the end after it, never before", async () => {
		const comments = (issue: number) =>
			[...forge.repository(SHOP).comments.values()]
				.filter(({ number }) => number === issue)
				.map(({ body }) => body);
		const held = Promise.withResolvers<void>();
		work = () => held.promise;
		const text = { title: "Churn", body: "Predict it." };
		const { number } = await forge.acts.openIssue(SHOP, "alice", text);
		await forge.acts.label(SHOP, number, "alice", "ml-task");
		await until(() => comments(number).length === 1);
		work = async () => {};
		// Looks for an earlier comment of ours first; the result follows that.
		forge.faults.call("issues/list-comments", {
			...{ kind: "slow", milliseconds: 1_500 },
		});
		held.resolve();
		const isTelling = async () => {
			const run = await runOf(number, forge.repository(SHOP));
			return run !== undefined && hasReport(db, { ...run, runId: run.id });
		};
		await until(isTelling);
		await forge.acts.comment(SHOP, number, "alice", "/cancel");
		const isCancelled = () => comments(number)[0]?.includes("cancelled");
		await until(() => isCancelled() ?? false);
		const before = comments(number);
		await new Promise((resolve) => setTimeout(resolve, 2_000));
		expect(comments(number)).toEqual(before);
	});
});

describe("the label", () => {
	it("taken off and put on again at once changes nothing, in whatever order that is told", async () => {
		const { number, run } = await waitingTask();
		forge.faults.deliver("issues", "swap");
		await Promise.all([
			forge.acts.unlabel(SHOP, number, "alice", "ml-task"),
			forge.acts.label(SHOP, number, "alice", "ml-task"),
		]);
		await atRest();
		expect((await run())?.state).toBe("waiting");
	});

	it("taken off pauses, whoever did it; any other label means nothing", async () => {
		const { number, run } = await waitingTask();
		await forge.acts.label(SHOP, number, "alice", "urgent");
		await forge.acts.unlabel(SHOP, number, "alice", "urgent");
		await atRest();
		expect((await run())?.state).toBe("waiting");
		await forge.acts.unlabel(SHOP, number, "alice", "ml-task");
		await atRest();
		expect(await run()).toMatchObject({ state: "paused", pausedBy: "label" });
		await forge.acts.label(SHOP, number, "alice", "ml-task");
		await atRest();
		expect((await run())?.state).toBe("waiting");
	});
});

describe("a label on an issue that is closed or locked", () => {
	it.each(["closed", "locked"])(
		"starts nothing while it is %s, and says so",
		async (how) => {
			const text = { title: "Churn", body: "Predict it." };
			const { number } = await forge.acts.openIssue(SHOP, "alice", text);
			if (how === "locked") await forge.acts.lock(SHOP, number, "alice");
			else
				await forge.acts.editIssue(SHOP, number, "alice", { state: "closed" });
			await forge.acts.label(SHOP, number, "alice", "ml-task");
			await atRest();
			expect(await runOf(number, forge.repository(SHOP))).toBeUndefined();
			const said = [...forge.repository(SHOP).comments.values()]
				.filter((comment) => comment.number === number)
				.map(({ body }) => body);
			expect(said).toEqual([
				expect.stringContaining(`Not started: this issue is ${how}.`),
			]);
		},
	);
});

describe("a lock", () => {
	it("pauses until it is taken off, and /resume is heard behind it", async () => {
		const { number, run } = await waitingTask();
		await forge.acts.lock(SHOP, number, "alice");
		await atRest();
		expect(await run()).toMatchObject({ state: "paused", pausedBy: "lock" });
		await forge.acts.unlock(SHOP, number, "alice");
		await atRest();
		expect((await run())?.state).toBe("waiting");
		await forge.acts.lock(SHOP, number, "alice");
		await atRest();
		await forge.acts.comment(SHOP, number, "alice", "/resume");
		await atRest();
		expect((await run())?.state).toBe("waiting");
	});
});

describe("a task whose place is gone", () => {
	it("ends quietly when its issue is deleted, or moved elsewhere", async () => {
		const [deleted, moved] = [await waitingTask(), await waitingTask()];
		// These were on their way to a place that will be gone.
		await forge.acts.comment(SHOP, deleted.number, "alice", "/status");
		await forge.acts.deleteIssue(SHOP, deleted.number, "alice");
		await forge.acts.transferIssue(SHOP, moved.number, "alice", "octo/open");
		await atRest();
		expect(await deleted.run()).toMatchObject({
			...{ state: "cancelled", trouble: "The issue was deleted." },
		});
		expect(await moved.run()).toMatchObject({
			state: "cancelled",
			trouble: expect.stringContaining("transferred to octo/open#"),
		});
	});

	it("ends without a call when its repository is taken away, and others go on", async () => {
		const [here, there] = [await waitingTask(), await waitingTask("octo/open")];
		const before = forge.calls.length;
		forge.removeRepository("octo/open");
		await atRest();
		expect((await there.run())?.state).toBe("cancelled");
		expect((await here.run())?.state).toBe("waiting");
		expect(forge.calls.slice(before)).toEqual([]);
		forge.restoreRepository("octo/open");
		await forge.acts.unlabel("octo/open", there.number, "alice", "ml-task");
		await forge.acts.label("octo/open", there.number, "alice", "ml-task");
		await until(async () => (await there.run())?.state === "waiting");
	});

	it("ends when the App is uninstalled", async () => {
		const task = await waitingTask();
		const before = forge.calls.length;
		forge.uninstall("octo");
		await atRest();
		expect(await task.run()).toMatchObject({
			...{ state: "cancelled", trouble: "The App was uninstalled." },
		});
		expect(forge.calls.slice(before)).toEqual([]);
	});
});
