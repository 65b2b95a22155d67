import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import { type Intake, makeIntake } from "../../src/engine/intake.ts";
import { dueDeliveries } from "../../src/engine/store/deliveries.ts";
import { openFresh } from "../support/databases.ts";
import { commented, labeled } from "../support/payloads.ts";

let db: Database;
let intake: Intake;
let woken: number;

const kept = () => dueDeliveries(db, [], 10);

beforeAll(async () => {
	db = await openFresh();
	intake = makeIntake(db, () => woken++);
});
beforeEach(async () => {
	await db.deleteFrom("deliveries").execute();
	woken = 0;
});
afterAll(() => db.destroy());

describe("the intake", () => {
	it("keeps a label and wakes whoever deals with it", async () => {
		const answer = await intake.record({
			id: "a",
			event: "issues",
			payload: labeled(),
		});
		expect([answer, woken]).toEqual(["recorded", 1]);
		expect(await kept()).toMatchObject([
			{ topic: "7/42", payload: { kind: "labeled", sender: "alice" } },
		]);
	});

	it.each([
		["the same delivery", "a", "issues", labeled("bob")],
		["the same content under another id", "b", "issues", labeled()],
	])("keeps %s once", async (_, id, event, payload) => {
		await intake.record({ id: "a", event: "issues", payload: labeled() });
		expect(await intake.record({ id, event, payload })).toBe("known");
		expect(await kept()).toHaveLength(1);
	});

	it("keeps the same words of GitHub about two moments, where it asks anew anyway", async () => {
		const payload = { ...labeled(), action: "unlabeled" };
		for (const id of ["a", "a", "b"])
			await intake.record({ id, event: "issues", payload });
		expect(await kept()).toHaveLength(2);
	});

	it("keeps one comment once, however its deliveries differ", async () => {
		const first = commented("/approve");
		const again = { ...first, enterprise: { id: 3 } };
		await intake.record({ id: "a", event: "issue_comment", payload: first });
		expect(
			await intake.record({ id: "b", event: "issue_comment", payload: again }),
		).toBe("known");
	});

	it.each([
		["an event we do not listen to", "push", { ref: "refs/heads/main" }],
		["a bot's label", "issues", labeled("modelwright[bot]")],
		[
			"a bot's command",
			"issue_comment",
			commented("/approve", { sender: "x[bot]" }),
		],
		[
			"a command made through an app",
			"issue_comment",
			commented("/approve", { performed_via_github_app: { id: 1 } } as object),
		],
		["an edit", "issue_comment", commented("/approve", { action: "edited" })],
		["a quoted command", "issue_comment", commented("> /approve")],
		[
			"a command in a code fence",
			"issue_comment",
			commented("```\n/approve\n```"),
		],
		["somebody else's command", "issue_comment", commented("/deploy now")],
		["a payload without a shape", "issues", { action: "labeled" }],
		["no payload", "issues", undefined],
	])("ignores %s", async (_, event, payload) => {
		expect(await intake.record({ id: "a", event, payload })).toBe("ignored");
		expect([await kept(), woken]).toEqual([[], 0]);
	});
});
