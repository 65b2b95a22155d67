import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
	WORKFLOW,
	WORKFLOW_PATH,
} from "../../src/views/onboarding/workflow.ts";
import { SETUP_FILES } from "../../src/views/onboarding.ts";

const run = promisify(execFile);
const PROGRAM = new URL("../../src/cli/modelwright.ts", import.meta.url)
	.pathname;
const modelwright = (...args: string[]) =>
	run(process.execPath, [PROGRAM, ...args]);

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "init-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("init writes three files and says so", async () => {
	const { stdout } = await modelwright("init", folder);
	for (const { path, content } of SETUP_FILES) {
		expect(stdout).toContain(`wrote ${path}`);
		expect(await readFile(join(folder, path), "utf8")).toBe(content);
	}
});

it("init --actions writes the workflow alone, beside what is there", async () => {
	await modelwright("init", folder);
	const { stdout } = await modelwright("init", folder, "--actions");
	expect(stdout).toContain(`wrote ${WORKFLOW_PATH}`);
	expect(await readFile(join(folder, WORKFLOW_PATH), "utf8")).toBe(WORKFLOW);
});

it("init overwrites nothing, and then writes nothing at all", async () => {
	await modelwright("init", folder);
	const mine = join(folder, ".github/modelwright.yml");
	await writeFile(mine, "budget: 3\n");
	await rm(join(folder, ".phase0"), { recursive: true });
	const failed = await modelwright("init", folder).catch((error) => error);
	expect(failed).toMatchObject({ code: 1 });
	expect(failed.stdout).toContain(".github/modelwright.yml");
	expect(await readFile(mine, "utf8")).toBe("budget: 3\n");
	await expect(readFile(join(folder, ".phase0"))).rejects.toThrow("ENOENT");
});

it("schema prints what docs/modelwright.schema.json holds: run `modelwright schema` when it does not", async () => {
	const published = new URL(
		"../../docs/modelwright.schema.json",
		import.meta.url,
	);
	const { stdout } = await modelwright("schema");
	expect(await readFile(published, "utf8")).toBe(stdout);
});
