// Reports are read from the database once and then from memory: that must not show.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import { reportsOf, saveReport } from "../../src/engine/store/reports.ts";
import { forgetRun } from "../../src/engine/store/retention.ts";
import { insertRun } from "../../src/engine/store/runs.ts";
import { advance } from "../../src/run/advance.ts";
import type { Run } from "../../src/run/run.ts";
import { openFresh } from "../support/databases.ts";
import { begun, done } from "../support/runs.ts";

let db: Database;
beforeAll(async () => {
	db = await openFresh();
});
afterAll(() => db.destroy());

const save = (run: Run, phase: number, attempt: number) =>
	saveReport(
		db,
		{ runId: run.id, phase, attempt },
		{ of: `${phase}/${attempt}` },
	);

it("that hold are those of the attempts that count, also when more become done", async () => {
	const first = begun().run;
	await insertRun(db, first);
	await save(first, 1, 1);
	expect(await reportsOf(db, first)).toEqual({});

	const second = advance(first, done(first)).run;
	expect(await reportsOf(db, second)).toEqual({ requirements: { of: "1/1" } });

	await save(second, 2, 1);
	expect(await reportsOf(db, second)).toEqual({ requirements: { of: "1/1" } });
	const third = advance(second, done(second)).run;
	expect(Object.keys(await reportsOf(db, third))).toEqual([
		"requirements",
		"data",
	]);

	const again: Run = {
		...third,
		done: third.done.map((one) =>
			one.phase === 2 ? { ...one, attempt: 2 } : one,
		),
	};
	await save(again, 2, 2);
	expect(await reportsOf(db, again)).toMatchObject({ data: { of: "2/2" } });
	expect(await reportsOf(db, third)).toMatchObject({ data: { of: "2/1" } });
});

it("are gone from memory too when the run's time is over", async () => {
	const { run } = begun();
	const ended: Run = {
		...advance(run, done(run)).run,
		id: "7/43/1",
		issue: { ...run.issue, number: 43 },
		state: "cancelled",
	};
	await insertRun(db, ended);
	await save(ended, 1, 1);
	expect(await reportsOf(db, ended)).not.toEqual({});
	await forgetRun(db, ended, (kept) => kept);
	expect(await reportsOf(db, ended)).toEqual({});
});
