import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { skills } from "../../src/cli/skills/skills.ts";
import { skillTable } from "../../src/skills/skill-table.ts";

let folder = "";
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "skills-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function ask(task: string, where = folder) {
	const said: string[] = [];
	const ok = await skills(where, { task, table: false }, (s) => said.push(s));
	return { ok, said };
}

test("the choice is printed with its reasons", async () => {
	await writeFile(join(folder, "train.py"), "import torch\n");
	const { ok, said } = await ask("An LSTM for sensor streams");
	expect(ok).toBe(true);
	expect(said).toContain("pytorch-patterns: the repository imports torch");
	expect(said).toContain('tbptt-training: the task says "lstm"');
});

test("without a clue it says what is missing", async () => {
	const { said } = await ask("");
	expect(said.join()).toContain("--task");
});

test("a folder that is none is a fault in words", async () => {
	const { ok, said } = await ask("", join(folder, "nowhere"));
	expect(ok).toBe(false);
	expect(said.join()).toContain("is not a folder");
});

test("docs/skills.md holds the catalogue as it is", async () => {
	const docs = new URL("../../docs/skills.md", import.meta.url);
	expect(await readFile(docs, "utf8")).toContain(skillTable());
});
