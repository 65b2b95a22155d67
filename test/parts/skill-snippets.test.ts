// The snippets of the skills, run as they stand, each in an empty folder. What
// needs a library that this machine lacks is skipped by name.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { test } from "vitest";
import { importedModules } from "../../src/skills/imports.ts";
import { hasLibrary, PYTHON } from "../support/python.ts";
import { RUNNABLE } from "../support/snippets.ts";

const NEEDED = [
	...new Set(RUNNABLE.flatMap(({ code }) => [...importedModules(code)])),
];
const missing = NEEDED.filter((name) => !hasLibrary(name));

for (const { title, code } of RUNNABLE)
	test(`${title} runs`, { timeout: 900_000 }, async (context) => {
		const lacks = missing.filter((name) => importedModules(code).has(name));
		if (lacks.length > 0) context.skip(`without ${lacks.join(", ")}`);
		await inEmptyFolder(code);
	});

async function inEmptyFolder(code: string): Promise<void> {
	const cwd = await mkdtemp(join(tmpdir(), "snippet-"));
	try {
		await promisify(execFile)(PYTHON, ["-c", code], { cwd });
	} finally {
		await rm(cwd, { recursive: true, force: true });
	}
}
