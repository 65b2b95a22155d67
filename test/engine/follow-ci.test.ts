// What the repository's own CI says reaches the run, told by a webhook or not.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import { ciOf } from "../../src/engine/follow-ci.ts";
import { followAllPulls } from "../../src/engine/follow-pulls.ts";
import { handleHint } from "../../src/engine/handlers/handle-hint.ts";
import type { Hint } from "../../src/engine/hints.ts";
import { makeIntake } from "../../src/engine/intake.ts";
import type { Parts } from "../../src/engine/parts.ts";
import { makeConnect } from "../../src/engine/services.ts";
import { dueDeliveries } from "../../src/engine/store/deliveries.ts";
import { writeRun } from "../../src/engine/store/runs.ts";
import { memoryOnly } from "../github/stage.ts";
import { openFresh } from "../support/databases.ts";
import {
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";
import { silent } from "../support/silent-logger.ts";
import { type Layer, type Stacked, setStacked } from "../support/stacked.ts";

let db: Database;
let stage: EngineStage;
let stack: Stacked;
let parts: Parts;

beforeAll(async () => {
	[db, stage] = await Promise.all([openFresh(), setEngineStage()]);
	stage.forge.addUser("ann", { token: "token-of-ann" });
	stack = await setStacked(stage, db, "ci");
	const { forge, privateKey } = stage;
	parts = {
		...{ db, log: silent, wakeOutbox() {} },
		connect: makeConnect({
			...engineOptions("", forge.api, privateKey, []),
			memoryOf: memoryOnly,
		}),
	} as Partial<Parts> as Parts;
});
beforeEach(async () => {
	stage.forge.repository(stack.name).statuses = [];
	await writeRun(db, stack.run);
});
afterAll(async () => {
	expect(stage.forge.violations).toEqual([]);
	stack.remove();
	await stage.close();
	await db.destroy();
});

const headOf = async (phase: Layer) => (await stack.pull(phase)).headSha;
const set = async (
	phase: Layer,
	context: string,
	state: "failure" | "success" | "pending",
) =>
	stage.forge.acts.setStatus(stack.name, "alice", await headOf(phase), {
		...{ context, state },
	});

/** The newest webhook reaches us. */
async function hear() {
	const { event, body, guid: id } = stage.forge.deliveries.at(-1) ?? {};
	await makeIntake(db, () => {}).record({
		...{ id: id ?? "", event: event ?? "" },
		payload: JSON.parse(body ?? ""),
	});
	const newest = (await dueDeliveries(db, [], 100)).at(-1);
	if (newest) await handleHint(parts, newest.payload as Hint, newest.seq);
}

const asked = async () =>
	(await stack.now())?.reviews?.map(({ id, pull, by }) => ({ id, pull, by })) ??
	[];

describe("a commit status", () => {
	it("that failed on our head is taken up when nothing beside it runs any more", async () => {
		const { number: pull } = stack.pulls[7];
		await set(7, "ci/circleci: lint", "pending");
		await set(7, "tide", "pending");
		await set(7, "ci/circleci: tests", "failure");
		await hear();
		expect(await asked()).toEqual([]);
		await set(7, "ci/circleci: lint", "success");
		await hear();
		const failed = { id: `ci-${await headOf(7)}`, pull, by: "ci/circleci" };
		expect(await asked()).toEqual([failed]);
	});
});

describe("a failure of several in a stack", () => {
	const pullsAsked = async () => (await asked()).map(({ pull }) => pull);

	it("is that of the lowest, which those above wait for", async () => {
		await set(7, "one/tests", "pending");
		await set(8, "one/tests", "failure");
		await hear();
		expect(await pullsAsked()).toEqual([]);
		await set(7, "one/tests", "failure");
		await hear();
		await set(9, "one/tests", "failure");
		await hear();
		expect(await pullsAsked()).toEqual([stack.pulls[7].number]);
	});

	it("is that of an upper one when those below pass", async () => {
		await set(7, "one/tests", "pending");
		for (const phase of [8, 9] as const)
			await set(phase, "one/tests", "failure");
		await hear();
		await set(7, "one/tests", "success");
		await hear();
		expect(await pullsAsked()).toEqual([stack.pulls[8].number]);
	});

	it("is nobody's where the default branch has it as well", async () => {
		const main = await stack.git("rev-parse", "origin/main");
		await stage.forge.acts.setStatus(stack.name, "alice", main, {
			...{ context: "old/tests", state: "failure" },
		});
		await set(7, "old/tests", "failure");
		await hear();
		expect(await pullsAsked()).toEqual([]);
	});
});

describe("the summary's line on CI", () => {
	it("counts what is said of each head, and is missing where nothing is", async () => {
		expect(await ciOf(parts, stack.run)).toBeUndefined();
		await set(7, "a", "success");
		await set(7, "b", "failure");
		await set(7, "c", "pending");
		const [seven, eight, nine] = ([7, 8, 9] as const).map(
			(phase) => stack.pulls[phase].number,
		);
		expect(await ciOf(parts, stack.run)).toBe(
			`**Your CI** when this was written: #${seven} 1 passed, 1 failed, 1 running; #${eight} nothing yet; #${nine} nothing yet.`,
		);
	});

	it("does without a branch that is gone", async () => {
		const done = stack.run.done.map((one) =>
			one.pull ? { ...one, pull: { ...one.pull, branch: "gone" } } : one,
		);
		expect(await ciOf(parts, { ...stack.run, done })).toBeUndefined();
	});
});

describe("a failure that no webhook told of", () => {
	it("is found when the pull requests are looked at, once", async () => {
		const { number: pull } = stack.pulls[9];
		await set(9, "jenkins", "failure");
		await followAllPulls(parts);
		await followAllPulls(parts);
		const failed = { id: `ci-${await headOf(9)}`, pull, by: "jenkins" };
		expect(await asked()).toEqual([failed]);
	});

	it("is looked for with what it is based on", async () => {
		for (const phase of [7, 8] as const) await set(phase, "ci/all", "failure");
		await followAllPulls(parts);
		expect((await asked()).map(({ pull }) => pull)).toEqual([
			stack.pulls[7].number,
		]);
	});

	it("on a pull request that was closed is nobody's work", async () => {
		await set(9, "jenkins", "failure");
		await stack.state(9, "closed");
		await followAllPulls(parts);
		expect(await asked()).toEqual([]);
	});
});
