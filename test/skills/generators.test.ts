// The templates of global-templates: plain Hygen and our own tool make the same
// files, and our rules find nothing in them. Their own tests run in test/parts.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { skill as tool } from "../../src/agents/tools/skill.ts";
import { checkRules } from "../../src/ml/rules/check-rules.ts";
import { SKILLS } from "../../src/skills/catalog.ts";
import { generate, generatorsOf } from "../../src/skills/generators.ts";
import { memoryTree } from "../support/memory-tree.ts";

const run = promisify(execFile);
const SKILL = "global-templates";
const KINDS = ["dataloader", "evaluation", "model", "training"];
const asked = (kind: string) => `ml/${kind} new --name churn`;
const made = (kind: string) => generate(SKILL, asked(kind)) ?? [];

test("there are four generators, and no other skill has any", () => {
	expect(generatorsOf(SKILL)).toEqual(
		KINDS.map((kind) => `ml/${kind} new --name NAME`),
	);
	for (const { name } of SKILLS)
		if (name !== SKILL) expect(generatorsOf(name)).toEqual([]);
});

test("plain Hygen makes the same files, byte for byte", async () => {
	const cwd = await mkdtemp(join(tmpdir(), "hygen-"));
	const path = (from: string) => new URL(from, import.meta.url).pathname;
	const env = {
		...process.env,
		HYGEN_TMPLS: path(`../../src/skills/${SKILL}/assets/_templates`),
	};
	try {
		for (const kind of KINDS) {
			const words = [`ml/${kind}`, "new", "--name", "churn"];
			const hygen = path("../../node_modules/hygen/dist/bin.js");
			await run(process.execPath, [hygen, ...words], { cwd, env });
			for (const file of made(kind))
				expect(await readFile(join(cwd, file.path), "utf8")).toBe(file.text);
		}
	} finally {
		await rm(cwd, { recursive: true, force: true });
	}
});

test("each makes code and a test of it, and our rules find nothing in them", async () => {
	const files = KINDS.flatMap(made);
	for (const kind of KINDS)
		expect(made(kind).map((f) => f.path)).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^churn\//),
				expect.stringMatching(/^tests\/test_churn_/),
			]),
		);
	expect(files.map(({ text }) => text).join()).not.toContain("<%");
	const sources = new Map(files.map(({ path, text }) => [path, text]));
	expect(await checkRules(sources, { labels: ["y"] })).toEqual([]);
});

test("an agent gets the files by the tool that opens references", async () => {
	const read = (reference: string) =>
		tool.read(memoryTree({}), { name: "hygen", reference });
	expect(await read(asked("model"))).toMatchObject({
		ok: true,
		text: expect.stringContaining("churn/model.py\n```python\n"),
	});
	expect(await read("ml/nothing new --name churn")).toMatchObject({
		ok: false,
		message: expect.stringContaining("ml/model new --name NAME"),
	});
});

test.each(["../x", "9lives", "Churn", "a-b", "x y"])(
	"%j is no name for a package",
	(name) => {
		expect(() => generate(SKILL, `ml/model new --name ${name}`)).toThrow(
			"small letters",
		);
	},
);
