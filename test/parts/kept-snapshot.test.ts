import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DEFAULT_LIMITS } from "../../src/workspace/runners/runner.ts";
import { CHILD } from "../../src/workspace/runners/wasm/child-process.ts";
import { keptSnapshot } from "../../src/workspace/runners/wasm/kept-snapshot.ts";

const folders: string[] = [];

const temporary = () => {
	const folder = mkdtempSync(join(tmpdir(), "snapshot-"));
	folders.push(folder);
	vi.stubEnv("TMPDIR", folder);
	return join(folder, `modelwright-${process.getuid?.()}`);
};

/** A runner that has tested nothing yet. */
async function newRunner() {
	vi.resetModules();
	const { wasmRunner } = await import("../../src/workspace/runners/wasm.ts");
	return wasmRunner();
}

const draw = {
	files: new Map(),
	commands: [["-c", "import random; print(random.random())"]],
	collect: [],
	limits: DEFAULT_LIMITS,
};

afterEach(() => {
	vi.unstubAllEnvs();
	for (const folder of folders)
		rmSync(folder, { recursive: true, force: true });
});

describe("the snapshot of a started Python", () => {
	it("is taken once, in a folder that only this user may enter", async () => {
		const folder = temporary();
		const path = await keptSnapshot(CHILD);
		expect(readdirSync(folder)).toHaveLength(1);
		expect(await keptSnapshot(CHILD)).toBe(path);
	});

	it("is not used from a folder into which others may write", async () => {
		const folder = temporary();
		mkdirSync(folder);
		chmodSync(folder, 0o777);
		expect(await keptSnapshot(CHILD)).toBeUndefined();
	});

	it("that is broken is thrown away, and Python starts without it", async () => {
		const folder = temporary();
		const path = (await keptSnapshot(CHILD)) ?? "";
		writeFileSync(path, "no memory at all");
		const runner = await newRunner();
		expect(await runner.selfTest()).toMatchObject({ ok: true });
		expect(readdirSync(folder)).toEqual([]);
	});

	it("does not make two jobs draw the same random numbers", async () => {
		const runner = await newRunner();
		const [one, two] = [await runner.run(draw), await runner.run(draw)];
		expect(one.status).toBe("ok");
		expect(one.commands[0]?.output).not.toBe(two.commands[0]?.output);
	});
});
