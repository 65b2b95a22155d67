import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sortOutCrashes } from "../../src/engine/crashes.ts";
import type { Database } from "../../src/engine/database.ts";
import type { Parts } from "../../src/engine/parts.ts";
import { beginAttempt } from "../../src/engine/store/attempts.ts";
import { noteLeaving } from "../../src/engine/store/executors.ts";
import { insertRun, readRun } from "../../src/engine/store/runs.ts";
import type { Run } from "../../src/run/run.ts";
import { openFresh } from "../support/databases.ts";
import { begun } from "../support/runs.ts";
import { silent } from "../support/silent-logger.ts";

const PHASE = "run/7/42/1/phase/1/1";
const LEFT = [PHASE, `${PHASE}/agent/explorer`];

let db: Database;
let run: Run;
let stopped: number;

const crash = (executor: string) =>
	sortOutCrashes(
		{ db, wakeOutbox() {}, log: silent } as unknown as Parts,
		{
			start: async () => {},
			answer: async () => {},
			stop: async () => {
				stopped++;
			},
		},
		executor,
		LEFT,
	);

beforeAll(async () => {
	db = await openFresh();
	run = begun().run;
	await insertRun(db, run);
	await beginAttempt(db, { runId: run.id, phase: 1, attempt: 1 }, run);
});
beforeEach(() => {
	stopped = 0;
});
afterAll(() => db.destroy());

it("is not counted where a process left in peace", async () => {
	await noteLeaving(db, "peaceful");
	for (let deploy = 0; deploy < 5; deploy++)
		expect(await crash("peaceful")).toEqual(LEFT);
});

it("lets a phase go on twice, agents and all", async () => {
	expect(await crash("a")).toEqual(LEFT);
	expect(await crash("b")).toEqual(LEFT);
	expect((await readRun(db, run.id))?.state).toBe("working");
});

it("ends the attempt at the third, and asks a person", async () => {
	expect(await crash("c")).toEqual([]);
	expect(stopped).toBe(1);
	expect(await readRun(db, run.id)).toMatchObject({
		state: "waiting",
		gate: { name: "trouble", command: "/retry" },
		trouble: expect.stringContaining("died 3 times"),
	});
});
