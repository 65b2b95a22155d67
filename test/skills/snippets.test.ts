// The code in the skills is what agents will write: it parses and passes our own
// rules. Whether it runs is seen in test/parts/skill-snippets.test.ts.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { PyNode } from "../../src/ml/python/node.ts";
import { parsePython } from "../../src/ml/python/parser.ts";
import { checkRules } from "../../src/ml/rules/check-rules.ts";
import { SKILLS } from "../../src/skills/catalog.ts";
import { SNIPPETS } from "../support/snippets.ts";

const run = promisify(execFile);

test("each skill has one or two snippets, and every fence is tagged", () => {
	for (const { name, body } of SKILLS) {
		const own = SNIPPETS.filter((snippet) => snippet.name === name);
		expect([1, 2], name).toContain(own.length);
		const fences = body.match(/^```\w*$/gm) ?? [];
		const opening = fences.filter((_, i) => i % 2 === 0);
		expect(opening.filter((f) => !/^```(python|text)$/.test(f))).toEqual([]);
	}
});

test.each(SNIPPETS)("$title parses", async ({ code }) => {
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

test("our own rules find nothing in them", async () => {
	// A known leak among them shows that the rules do look.
	const leaky = await readFile(
		new URL("../ml/rules/fixtures/part-column/bad/mark.py", import.meta.url),
		"utf8",
	);
	const files = new Map([
		...SNIPPETS.map(({ title, code }): [string, string] => [
			`${title.replace(" ", "_")}.py`,
			code,
		]),
		["leaky.py", leaky],
	]);
	const hits = await checkRules(files, { labels: ["y", "label"] });
	expect(hits.map(({ path }) => path)).toEqual(["leaky.py"]);
});

test("Python itself parses them all", async (context) => {
	const codes = JSON.stringify(SNIPPETS.map(({ code }) => code));
	const parse = `import ast, json
for code in json.loads(${JSON.stringify(codes)}): ast.parse(code)`;
	const fault = await run("python3", ["-c", parse]).then(
		() => undefined,
		(error: NodeJS.ErrnoException) => error,
	);
	if (fault?.code === "ENOENT") context.skip("no python3 on this machine");
	expect(fault).toBeUndefined();
});
