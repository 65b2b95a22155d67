// Hints that come late, or from somebody without a say: GitHub is asked how
// things stand before a run hears of them.
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import { handleHint } from "../../src/engine/handlers/handle-hint.ts";
import type { Hint } from "../../src/engine/hints.ts";
import { makeIntake } from "../../src/engine/intake.ts";
import type { Parts } from "../../src/engine/parts.ts";
import { dueDeliveries } from "../../src/engine/store/deliveries.ts";
import {
	insertRun,
	newestRunOf,
	readRun,
} from "../../src/engine/store/runs.ts";
import type { CollaboratorRole } from "../../src/run/permissions.ts";
import { openFresh } from "../support/databases.ts";
import { memoryTree } from "../support/memory-tree.ts";
import { labeled } from "../support/payloads.ts";
import { runAfter } from "../support/runs.ts";
import { silent } from "../support/silent-logger.ts";

let db: Database;
const run = runAfter(6);
const { repository, issue } = run;

beforeAll(async () => {
	db = await openFresh();
});
beforeEach(async () => {
	await sql`truncate runs, deliveries cascade`.execute(db);
});
afterAll(() => db.destroy());

interface Standing {
	readonly open?: boolean;
	readonly labels?: readonly string[];
	readonly role?: CollaboratorRole;
}

/** A hint is taken in while GitHub shows the issue like this. */
async function take(
	kind: "closed" | "edited" | "labeled",
	{ open = true, labels = ["ml-task"], role = "write" }: Standing,
): Promise<void> {
	await makeIntake(db, () => {}).record({
		...{ id: "a", event: "issues", payload: labeled() },
	});
	const [delivery] = await dueDeliveries(db, [], 100);
	const reader = {
		roleOf: async (login: string) => (login === "bob" ? role : "write"),
		issue: async () => ({
			...{ ...issue, title: "Churn, monthly", open, labels, locked: false },
		}),
		configTexts: async () => ({}),
		repository: async () => ({ defaultBranch: "main", private: true }),
		branchHead: async () => run.base.sha,
	};
	const publisher = { reactToIssue: async () => {}, comment: async () => {} };
	const hint = {
		...{ kind, repository, issue, sender: "bob", label: "ml-task" },
	} as unknown as Hint;
	const parts = {
		...{ db, log: silent, wakeOutbox() {} },
		connect: () => ({ reader, publisher }),
		servicesFor: () => ({ tree: async () => memoryTree({}) }),
	} as unknown as Parts;
	await handleHint(parts, hint, delivery?.seq ?? 0);
}

describe("a closing", () => {
	it.each([
		[false, "cancelled"],
		[true, "waiting"],
	])(
		"told while the issue is open (%s) leaves the run %s",
		async (open, state) => {
			await insertRun(db, run);
			await take("closed", { open });
			expect((await readRun(db, run.id))?.state).toBe(state);
		},
	);
});

describe("an edit", () => {
	it.each([
		["write", "Churn, monthly"],
		["triage", "Churn, monthly"],
		["read", issue.title],
	] as const)(
		"by somebody with the role %s: the run reads %s",
		async (role, title) => {
			await insertRun(db, run);
			await take("edited", { role });
			expect((await readRun(db, run.id))?.issue.title).toBe(title);
		},
	);
});

describe("a label", () => {
	it.each([
		[["ml-task"], true],
		[["bug"], false],
	])("begins a run while the issue has %j: %s", async (labels, begins) => {
		await take("labeled", { labels });
		const task = { repositoryId: repository.id, issue: issue.number };
		expect((await newestRunOf(db, task)) !== undefined).toBe(begins);
	});
});
