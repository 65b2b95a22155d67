// An engine that follows stacks of pull requests, and what is asked of them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { openDatabase } from "../../src/engine/database.ts";
import { startEngine } from "../../src/engine/engine.ts";
import { PHASES } from "../../src/phases/index.ts";
import { freshDatabase } from "./databases.ts";
import { connect, engineOptions, setEngineStage } from "./engine-stage.ts";
import { LAYERS, type Layer, type Stacked, setStacked } from "./stacked.ts";

export type Following = Awaited<ReturnType<typeof startFollowing>>;

async function startFollowing() {
	const dataDir = mkdtempSync(join(tmpdir(), "follow-"));
	const made: Stacked[] = [];
	const stage = await setEngineStage();
	stage.forge.addUser("ann", { token: "token-of-ann" });
	const url = await freshDatabase();
	const db = openDatabase(url, () => {});
	const engine = await startEngine({
		...engineOptions(url, stage.forge.api, stage.privateKey, PHASES),
		dataDir,
	});
	const server = await connect(engine, stage);
	return {
		forge: stage.forge,
		db,
		/** `apart`: no part touches a file of the one below. */
		async stacked(name: string, apart = false) {
			const one = await setStacked(stage, db, name, { apart });
			made.push(one);
			return one;
		},
		/** Every webhook is told, every hint dealt with, every order carried out. */
		async quiet() {
			const deadline = Date.now() + 120_000;
			for (let calm = 0; calm < 3; ) {
				if (Date.now() > deadline) {
					const left = db.selectFrom("orders").selectAll();
					const orders = await left.where("done_at", "is", null).execute();
					throw new Error(`left to do: ${JSON.stringify(orders)}`);
				}
				await stage.forge.idle();
				const { deliveries, orders } = await engine.queueDepth();
				calm = deliveries + orders === 0 ? calm + 1 : 0;
				await sleep(20);
			}
		},
		async close() {
			await server.stop();
			await engine.stop(0);
			await db.destroy();
			await stage.close();
			for (const one of made) one.remove();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

export async function diffs(stack: Stacked) {
	const all: Partial<Record<Layer, string>> = {};
	for (const phase of LAYERS) all[phase] = await stack.diff(phase);
	return all;
}

/** One merge commit on top of what was there: nothing lost, nothing rewritten. */
export async function mergedOnce(stack: Stacked, phase: Layer, before: string) {
	const { headSha } = await stack.pull(phase);
	await stack.git("fetch", "-q", "origin");
	const parents = await stack.git("show", "-s", "--format=%P", headSha);
	const [first, second, ...more] = parents.split(" ");
	if (first !== before || more.length > 0)
		throw new Error(`${headSha} has the parents ${parents}, not ${before}`);
	return second;
}

export const heads = async (stack: Stacked) =>
	Object.fromEntries(
		await Promise.all(
			LAYERS.map(
				async (phase) => [phase, (await stack.pull(phase)).headSha] as const,
			),
		),
	) as Record<Layer, string>;

export const trunk = async (stack: Stacked) => {
	await stack.git("fetch", "-q", "origin");
	return stack.git("rev-parse", "origin/main");
};

/** The one of a test file that calls `followAlong`. */
export let following: Following;

/** One engine for the whole file; the forge must have nothing to say against any test. */
export function followAlong(): void {
	// Git is started some hundred times: a busy machine takes long.
	vi.setConfig({ testTimeout: 300_000 });
	beforeAll(async () => {
		following = await startFollowing();
	});
	afterEach(() => expect(following.forge.violations).toEqual([]));
	afterAll(() => following.close());
}
