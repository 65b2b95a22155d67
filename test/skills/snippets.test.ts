// The code in the skills is what agents will write: it parses and passes our own
// rules. Whether it runs is seen in test/parts/skill-snippets.test.ts.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { PyNode } from "../../src/ml/python/node.ts";
import { parsePython } from "../../src/ml/python/parser.ts";
import { checkRules } from "../../src/ml/rules/check-rules.ts";
import { RULES } from "../../src/ml/rules/rules.ts";
import { SKILLS } from "../../src/skills/catalog.ts";
import {
	fencesOf,
	isKnownTag,
	RUNNABLE,
	SNIPPETS,
	type Snippet,
} from "../support/snippets.ts";

const run = promisify(execFile);

const SCRIPTS = SKILLS.flatMap(({ name, files }) =>
	files
		.filter((file) => file.endsWith(".py"))
		.map((file) => ({
			title: `${name} ${file}`,
			code: readFileSync(
				new URL(`../../src/skills/${name}/${file}`, import.meta.url),
				"utf8",
			),
		})),
);

test("every fence says what it is", () => {
	for (const skill of SKILLS)
		for (const { file, tag } of fencesOf(skill))
			expect(isKnownTag(tag), `${skill.name} ${file}: ${tag}`).toBe(true);
});

test("at most one in ten is a fragment", () => {
	const fragments = SNIPPETS.filter(({ kind }) => kind === "fragment");
	expect(fragments.length).toBeLessThanOrEqual(SNIPPETS.length / 10);
});

test.each([...SNIPPETS, ...SCRIPTS])("$title parses", async ({ code }) => {
	const root = await parsePython(code);
	expect(root && faultsIn(root)).toEqual([]);
});

test("the parser would see a slip", async () => {
	const root = await parsePython("x = = 1");
	expect(root && faultsIn(root)).not.toEqual([]);
});

function faultsIn(node: PyNode): string[] {
	const own = node.type === "ERROR" ? [node.text] : [];
	return [...own, ...node.children.flatMap(faultsIn)];
}

const moduleOf = ({ title }: { title: string }) =>
	`${title.replaceAll(/\W+/g, "_")}.py`;

const hitsIn = (sources: readonly { title: string; code: string }[]) =>
	checkRules(
		new Map(sources.map((source) => [moduleOf(source), source.code])),
		{ labels: ["y", "label"] },
	);

test("our own rules find nothing in what is shown as right", async () => {
	const hits = await hitsIn([...RUNNABLE, ...SCRIPTS]);
	expect(hits.filter(({ confidence }) => confidence >= 80)).toEqual([]);
});

const BROKEN = SNIPPETS.filter(({ kind }) => kind === "bad");
const checked = ({ rule }: Snippet) => RULES.some(({ id }) => id === rule);

test("what is shown as wrong names its rule, and the twin shown as right follows", () => {
	for (const { title, rule, skill, file } of BROKEN) {
		expect(rule, title).toBeDefined();
		const here = SNIPPETS.filter((s) => s.skill === skill && s.file === file);
		const next = here[here.findIndex((s) => s.title === title) + 1];
		expect(next?.kind, title).toBe("good");
	}
	expect(BROKEN.some(checked)).toBe(true);
});

test.each(BROKEN.filter(checked))(
	"$title is found by rule $rule",
	async (snippet) => {
		const hits = await hitsIn([snippet]);
		expect(hits.map(({ rule }) => rule)).toContain(snippet.rule);
	},
);

test("Python itself parses them all", async (context) => {
	const codes = JSON.stringify([...SNIPPETS, ...SCRIPTS].map((s) => s.code));
	const parse = `import ast, json
for code in json.loads(${JSON.stringify(codes)}): ast.parse(code)`;
	const fault = await run("python3", ["-c", parse]).then(
		() => undefined,
		(error: NodeJS.ErrnoException) => error,
	);
	if (fault?.code === "ENOENT") context.skip("no python3 on this machine");
	expect(fault).toBeUndefined();
});
