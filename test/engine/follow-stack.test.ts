// People merge a stack in their own order and manner, push commits of their own,
// and close what they do not want; what is left follows. Each situation is a
// repository of its own, with the real git client acting as the person.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
	afterAll,
	afterEach,
	beforeAll,
	describe,
	expect,
	it,
	vi,
} from "vitest";
import { type Database, openDatabase } from "../../src/engine/database.ts";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { HttpServer } from "../../src/engine/http/server.ts";
import { addOrders } from "../../src/engine/store/orders.ts";
import { PHASES } from "../../src/phases/index.ts";
import { freshDatabase } from "../support/databases.ts";
import {
	connect,
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";
import {
	LAYERS,
	type Layer,
	type Stacked,
	setStacked,
} from "../support/stacked.ts";

/** Git is started some hundred times: a busy machine takes long. */
vi.setConfig({ testTimeout: 300_000 });

let stage: EngineStage;
let db: Database;
let engine: Engine;
let server: HttpServer;
const dataDir = mkdtempSync(join(tmpdir(), "follow-"));
const made: Stacked[] = [];

beforeAll(async () => {
	stage = await setEngineStage();
	stage.forge.addUser("ann", { token: "token-of-ann" });
	const url = await freshDatabase();
	db = openDatabase(url, () => {});
	engine = await startEngine({
		...engineOptions(url, stage.forge.api, stage.privateKey, PHASES),
		dataDir,
	});
	server = await connect(engine, stage);
});
afterEach(() => expect(stage.forge.violations).toEqual([]));
afterAll(async () => {
	await server.stop();
	await engine.stop(0);
	await db.destroy();
	await stage.close();
	for (const one of made) one.remove();
	rmSync(dataDir, { recursive: true, force: true });
});

const stacked = async (name: string, apart = false) => {
	const one = await setStacked(stage, db, name, { apart });
	made.push(one);
	return one;
};

/** Every webhook is told, every hint dealt with, every order carried out. */
async function quiet() {
	const deadline = Date.now() + 120_000;
	for (let calm = 0; calm < 3; ) {
		if (Date.now() > deadline) {
			const left = db.selectFrom("orders").selectAll();
			const orders = await left.where("done_at", "is", null).execute();
			throw new Error(`something is left to do: ${JSON.stringify(orders)}`);
		}
		await stage.forge.idle();
		const { deliveries, orders } = await engine.queueDepth();
		calm = deliveries + orders === 0 ? calm + 1 : 0;
		await sleep(20);
	}
}

async function diffs(stack: Stacked) {
	const all: Partial<Record<Layer, string>> = {};
	for (const phase of LAYERS) all[phase] = await stack.diff(phase);
	return all;
}

/** One merge commit on top of what was there: nothing lost, nothing rewritten. */
async function mergedOnce(stack: Stacked, phase: Layer, before: string) {
	const { headSha } = await stack.pull(phase);
	await stack.git("fetch", "-q", "origin");
	const parents = await stack.git("show", "-s", "--format=%P", headSha);
	expect(parents.split(" ")).toHaveLength(2);
	expect(parents.split(" ")[0]).toBe(before);
	return parents.split(" ")[1];
}

const heads = async (stack: Stacked) =>
	Object.fromEntries(
		await Promise.all(
			LAYERS.map(
				async (phase) => [phase, (await stack.pull(phase)).headSha] as const,
			),
		),
	) as Record<Layer, string>;

const trunk = async (stack: Stacked) => {
	await stack.git("fetch", "-q", "origin");
	return stack.git("rev-parse", "origin/main");
};

describe.each(["merge", "squash", "rebase"] as const)(
	"a stack merged from the bottom by %s",
	(method) => {
		it("shows each one's change alone, and brings all of it to the default branch", async () => {
			// GitHub's rebase replays what was merged below as well, and refuses where
			// that was changed since.
			const apart = method === "rebase";
			const stack = await stacked(`bottom-up-${method}`, apart);
			const wanted = await diffs(stack);
			const before = await heads(stack);
			await stack.push("main", { "notes.md": "Somebody else's.\n" });
			await stack.merge(7, method);
			await quiet();
			expect(await stack.pull(8)).toMatchObject({ base: "main" });
			expect(await mergedOnce(stack, 8, before[8])).toBe(await trunk(stack));
			expect(await mergedOnce(stack, 9, before[9])).toBe(
				(await stack.pull(8)).headSha,
			);
			expect(await stack.diff(8)).toBe(wanted[8]);
			expect(await stack.diff(9)).toBe(wanted[9]);
			const between = await heads(stack);
			await stack.merge(8, method);
			await quiet();
			expect(await stack.pull(9)).toMatchObject({ base: "main" });
			expect(await mergedOnce(stack, 9, between[9])).toBe(await trunk(stack));
			expect(await stack.diff(9)).toBe(wanted[9]);
			const top = (await stack.pull(9)).headSha;
			await stack.merge(9, method);
			await quiet();
			await trunk(stack);
			expect(await stack.git("diff", top, "origin/main")).toBe("");
			const files = await stack.git(
				"ls-tree",
				"-r",
				"--name-only",
				"origin/main",
			);
			expect(files.split("\n")).toEqual([
				...["README.md", "notes.md", "part7.py", "part8.py", "part9.py"],
				"shared.py",
			]);
			expect((await stack.now())?.state).toBe("closed");
			const { issues } = stage.forge.repository(stack.name);
			expect(issues.get(stack.issue)?.state).toBe("closed");
			const said = stack.comments().filter((body) => /Merged into/.test(body));
			expect(said).toHaveLength(1);
		});
	},
);

describe("a stack merged out of order", () => {
	it("rests on what the one in the middle was merged into", async () => {
		const stack = await stacked("middle-first");
		const wanted = await diffs(stack);
		await stack.merge(8, "squash");
		await quiet();
		expect(await stack.pull(9)).toMatchObject({ base: stack.pulls[7].branch });
		expect(await stack.diff(9)).toBe(wanted[9]);
		await stack.merge(7, "squash");
		await quiet();
		expect(await stack.pull(9)).toMatchObject({ base: "main" });
		expect(await stack.diff(9)).toBe(wanted[9]);
		await stack.merge(9, "squash");
		await quiet();
		expect((await stack.now())?.state).toBe("closed");
	});

	it("follows one that somebody merged into the default branch first", async () => {
		const stack = await stacked("middle-to-main");
		const wanted = await diffs(stack);
		await stack.setBase(8, "main");
		await stack.merge(8, "squash");
		await quiet();
		expect(await stack.pull(9)).toMatchObject({ base: "main" });
		expect(await stack.diff(9)).toBe(wanted[9]);
	});

	it("takes what came one merge after the other at once", async () => {
		const stack = await stacked("all-at-once");
		const wanted = await diffs(stack);
		for (const phase of [7, 8] as const) {
			await stack.setBase(phase, "main").catch(() => undefined);
			await stack.merge(phase, "merge");
		}
		await quiet();
		expect(await stack.diff(9)).toBe(wanted[9]);
	});
});

describe("people's own commits", () => {
	it("on a branch in the middle are kept, there and above", async () => {
		const stack = await stacked("own-commit");
		const { branch } = stack.pulls[8];
		const mine = await stack.push(branch, { "mine.py": "mine = 1\n" });
		await stack.edit(branch, "part8.py", 3, "part8_3 = 'mine'");
		await quiet();
		const wanted = await diffs(stack);
		expect(wanted[8]).toContain("+mine = 1");
		await stack.merge(7, "squash");
		await quiet();
		const { headSha } = await stack.pull(8);
		await stack.git("fetch", "-q", "origin");
		await stack.git("merge-base", "--is-ancestor", mine, headSha);
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
		await stack.merge(8, "squash");
		await quiet();
		expect(await stack.diff(9)).toBe(wanted[9]);
		expect(await stack.git("show", "origin/main:part8.py")).toContain("'mine'");
	});

	it("on the lowest one reach those above with the merge", async () => {
		const stack = await stacked("own-commit-below");
		const wanted = await diffs(stack);
		await stack.edit(stack.pulls[7].branch, "part7.py", 1, "part7_1 = 'mine'");
		await stack.merge(7, "squash");
		await quiet();
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
		const { headSha } = await stack.pull(9);
		await stack.git("fetch", "-q", "origin");
		expect(await stack.git("show", `${headSha}:part7.py`)).toContain("'mine'");
	});
});

describe("a default branch that moves", () => {
	it("brings no commit to a stack of which nothing is merged", async () => {
		const stack = await stacked("moved");
		const before = await heads(stack);
		await stack.push("main", { "notes.md": "Unrelated.\n" });
		await quiet();
		expect(await heads(stack)).toEqual(before);
	});

	it("with a conflict leaves the branch to people, says so once, and goes on from theirs", async () => {
		const stack = await stacked("conflict");
		const wanted = await diffs(stack);
		const before = await heads(stack);
		// Somebody changes the line that phase 8 changes.
		await stack.edit("main", "shared.py", 24, "shared_24 = 'theirs'");
		await stack.merge(7, "squash");
		await quiet();
		expect(await heads(stack)).toEqual(before);
		const said = () =>
			stack.comments().filter((body) => /conflicts with/.test(body));
		expect(said()).toHaveLength(1);
		expect(said()[0]).toContain("`shared.py`");
		expect(said()[0]).toContain(`#${stack.pulls[8].number}`);
		// The person resolves it with git.
		const { branch } = stack.pulls[8];
		await stack.git("fetch", "-q", "origin");
		await stack.git("checkout", "-q", "-B", "mine", `origin/${branch}`);
		await stack
			.git("merge", "-q", "-X", "ours", "origin/main")
			.catch(() => undefined);
		await stack.git("checkout", "--ours", ".").catch(() => undefined);
		await stack.git("add", "-A");
		await stack.git("commit", "-q", "-m", "Resolved").catch(() => undefined);
		await stack.git("push", "-q", "origin", `HEAD:${branch}`);
		const resolved = await stack.git("rev-parse", "HEAD");
		await quiet();
		expect((await stack.pull(8)).headSha).toBe(resolved);
		expect(await mergedOnce(stack, 9, before[9])).toBe(resolved);
		expect(await stack.diff(9)).toBe(wanted[9]);
		expect(said()).toHaveLength(1);
	});
});

describe("a pull request closed unmerged", () => {
	it("leaves those above as they are and is told once, until it is opened again", async () => {
		const stack = await stacked("closed");
		const wanted = await diffs(stack);
		const before = await heads(stack);
		await stack.state(8, "closed");
		await stack.merge(7, "squash");
		await quiet();
		expect(await heads(stack)).toEqual(before);
		const said = stack.comments().filter((body) => /closed without/.test(body));
		expect(said).toHaveLength(1);
		expect(said[0]).toContain(`#${stack.pulls[9].number}`);
		await stack.state(8, "open");
		await quiet();
		expect(await stack.pull(8)).toMatchObject({ base: "main" });
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
	});
});

describe("what was merged and then reverted", () => {
	it("is told on the issue, once, when the revert is merged", async () => {
		const stack = await stacked("reverted");
		await stack.merge(7, "squash");
		await quiet();
		const { number, branch } = stack.pulls[7];
		await stack.git("fetch", "-q", "origin");
		await stack.git("checkout", "-q", "-B", "mine", "origin/main");
		await stack.git("revert", "--no-edit", "HEAD");
		const back = `revert-${number}-${branch}`;
		await stack.git("push", "-q", "origin", `HEAD:${back}`);
		const revert = await stack.open(back, `Reverts ${stack.name}#${number}`);
		await stack.forge.acts.mergePull(stack.name, revert, "alice", "merge");
		await quiet();
		stack.redeliver("pull_request");
		await quiet();
		const said = stack.comments().filter((body) => /was reverted/.test(body));
		expect(said).toHaveLength(1);
		expect(said[0]).toContain(`#${number}`);
		expect(said[0]).toContain(`#${revert}`);
	});
});

describe("work that is done again, as after a crash", () => {
	it("brings one merge commit each, and moves nothing that follows already", async () => {
		const stack = await stacked("again");
		const wanted = await diffs(stack);
		const before = await heads(stack);
		const { faults } = stage.forge;
		// Each is done, and the one who asked never hears of it.
		for (const lost of ["pulls/update", "git/create-commit", "git/update-ref"])
			faults.call(lost, { kind: "fail-afterwards" });
		await stack.merge(7, "squash");
		await quiet();
		expect(await mergedOnce(stack, 8, before[8])).toBe(await trunk(stack));
		await mergedOnce(stack, 9, before[9]);
		expect(await stack.diff(8)).toBe(wanted[8]);
		expect(await stack.diff(9)).toBe(wanted[9]);
		const once = await heads(stack);
		await addOrders(db, stack.run.id, [
			{ do: "follow-stack" },
			{ do: "follow-stack" },
		]);
		await sleep(100);
		await quiet();
		expect(await heads(stack)).toEqual(once);
	});
});
