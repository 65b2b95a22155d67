import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askUnchanged, rememberAsk } from "../../src/engine/ask.ts";
import type { Database } from "../../src/engine/database.ts";
import type { Reader } from "../../src/github/reading.ts";
import type { Run } from "../../src/run/run.ts";
import { openFresh } from "../support/databases.ts";
import { runAfter } from "../support/runs.ts";

const POSTED = { body: "Approve?", createdAt: "2026-01-02T03:04:05Z" };
const LATER = "2026-01-02T03:05:00Z";

let db: Database;
let run: Run;

/** GitHub as it shows the one comment there is. */
const showing = (comment: typeof POSTED | undefined) =>
	({ comment: async () => comment }) as unknown as Reader;

beforeAll(async () => {
	db = await openFresh();
	run = runAfter(6);
	const key = { runId: run.id, phase: 6, attempt: 1 };
	await rememberAsk(db, showing(POSTED), key, 5);
	// A repeated step must not take an edited comment for the posted one.
	await rememberAsk(db, showing({ ...POSTED, body: "Approve all?" }), key, 5);
});
afterAll(() => db.destroy());

describe("the comment that asks for an approval", () => {
	it("counts while it is as posted, and older than the command", async () => {
		expect(await askUnchanged(db, showing(POSTED), run, LATER)).toBe(true);
	});

	it.each([
		["was edited", { ...POSTED, body: "Approve all?" }, LATER],
		["was deleted", undefined, LATER],
		["is newer than the command", POSTED, "2026-01-02T03:00:00Z"],
	])("does not count when it %s", async (_, comment, at) => {
		expect(await askUnchanged(db, showing(comment), run, at)).toBe(false);
	});

	it("does not count for a later attempt that posted nothing yet", async () => {
		const { gate } = run;
		if (!gate) throw new Error("no gate");
		const redone = { ...run, gate: { ...gate, attempt: 2 } };
		expect(await askUnchanged(db, showing(POSTED), redone, LATER)).toBe(false);
	});
});
