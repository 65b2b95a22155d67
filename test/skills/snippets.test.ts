// The code in the skills is what agents will write: it parses and passes our own
// rules. Whether it runs is seen in test/parts/skill-snippets.test.ts.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import {
	parseFault,
	ruleFault,
} from "../../src/cli/skills/check/code-faults.ts";
import { SKILLS } from "../../src/skills/catalog.ts";
import { SNIPPETS } from "../support/snippets.ts";

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

test("at most one in ten is a fragment", () => {
	const fragments = SNIPPETS.filter(({ kind }) => kind === "fragment");
	expect(fragments.length).toBeLessThanOrEqual(SNIPPETS.length / 10);
});

test.each([...SNIPPETS, ...SCRIPTS])("$title parses", async ({ code }) => {
	expect(await parseFault(code)).toBeUndefined();
});

test("the parser would see a slip", async () => {
	expect(await parseFault("y = 2\nx = = 1")).toContain("line 2");
});

test.each([...SNIPPETS, ...SCRIPTS])(
	"our rules say of $title what it says of itself",
	async (shown) => {
		expect(await ruleFault({ kind: "complete", ...shown })).toBeUndefined();
	},
);

test("a wrong example that no rule finds is seen, and so is a right one that breaks a rule", async () => {
	const wrong = SNIPPETS.find(({ rule }) => rule === "LEAK02");
	if (!wrong) throw new Error("no example of LEAK02");
	expect(await ruleFault({ ...wrong, code: "x = 1" })).toContain("not find");
	expect(await ruleFault({ ...wrong, kind: "good" })).toContain("LEAK02");
});

test("what is shown as wrong is followed by its twin shown as right", () => {
	SNIPPETS.forEach(({ title, kind, file }, i) => {
		if (kind !== "bad") return;
		expect(SNIPPETS[i + 1], title).toMatchObject({ kind: "good", file });
	});
});

test("Python itself parses them all", async (context) => {
	// Through standard input: a command line holds no more than 128 kB.
	const parse = `import ast, json, sys
for code in json.load(sys.stdin): ast.parse(code)`;
	const parsing = run("python3", ["-c", parse]);
	parsing.child.stdin?.on("error", () => {});
	parsing.child.stdin?.end(
		JSON.stringify([...SNIPPETS, ...SCRIPTS].map(({ code }) => code)),
	);
	const fault = await parsing.then(
		() => undefined,
		(error: NodeJS.ErrnoException) => error,
	);
	if (fault?.code === "ENOENT") context.skip("no python3 on this machine");
	expect(fault).toBeUndefined();
});
