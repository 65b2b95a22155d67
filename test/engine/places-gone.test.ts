import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import { insertRun, runsIn } from "../../src/engine/store/runs.ts";
import { openFresh } from "../support/databases.ts";
import { begun } from "../support/runs.ts";

let db: Database;
const { run } = begun();

beforeAll(async () => {
	db = await openFresh();
	const { repository } = run;
	await insertRun(db, run);
	const other = { ...repository, id: 8, name: "till" };
	await insertRun(db, { ...run, id: "8/42/1", repository: other });
	const foreign = { ...repository, id: 9, installationId: 10 };
	await insertRun(db, { ...run, id: "9/42/1", repository: foreign });
});
afterAll(() => db.destroy());

const found = async (places: Parameters<typeof runsIn>[1]) =>
	(await runsIn(db, places)).map(({ id }) => id).toSorted();

it("an installation that is gone takes all of its runs along, and no other's", async () => {
	expect(await found({ installationId: 9 })).toEqual(["7/42/1", "8/42/1"]);
});

it("a repository transferred to another installation takes its own runs along", async () => {
	const places = { installationId: 10, repositoryIds: [7] };
	expect(await found(places)).toEqual(["7/42/1"]);
});

it("a list of no repositories is nobody's run", async () => {
	expect(await found({ installationId: 9, repositoryIds: [] })).toEqual([]);
});
