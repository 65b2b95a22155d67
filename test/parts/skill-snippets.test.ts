// The snippets of the skills, run as they stand, each in an empty folder. What
// needs a library that this machine lacks is skipped by name.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importedModules } from "../../src/skills/imports.ts";
import { hasLibrary } from "../support/python.ts";
import { RUNNABLE } from "../support/snippets.ts";
import { type WarmPython, warmPython } from "../support/warm-python.ts";

const NEEDED = [
	...new Set(RUNNABLE.flatMap(({ code }) => [...importedModules(code)])),
];
const missing = NEEDED.filter((name) => !hasLibrary(name));
const lackedBy = (code: string) =>
	missing.filter((name) => importedModules(code).has(name));

const codes = RUNNABLE.map(({ code }) => code);
const ready = codes.filter((code) => lackedBy(code).length === 0);

let python: WarmPython | undefined;
beforeAll(() => {
	if (ready.length > 0) python = warmPython(ready);
});
afterAll(() => python?.close());

for (const { title, code } of RUNNABLE)
	test(`${title} runs`, { timeout: 900_000 }, async (context) => {
		const lacks = lackedBy(code);
		if (lacks.length > 0) context.skip(`without ${lacks.join(", ")}`);
		await inEmptyFolder(code);
	});

async function inEmptyFolder(code: string): Promise<void> {
	const cwd = await mkdtemp(join(tmpdir(), "snippet-"));
	try {
		const ran = await python?.run(code, cwd);
		expect(ran?.status, ran?.output).toBe(0);
	} finally {
		await rm(cwd, { recursive: true, force: true });
	}
}
