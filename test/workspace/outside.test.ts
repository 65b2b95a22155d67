// No agent can read outside the tree, whatever path, link or notebook it is
// given: every reading tool, through the door that agents use, over a checkout
// that somebody got at after it was made.
import { execFileSync } from "node:child_process";
import {
	linkSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NOTHING_READ, read } from "../../src/agents/calls/reading.ts";
import { ROSTER } from "../../src/agents/roster.ts";
import { READING_TOOLS } from "../../src/agents/tools/index.ts";
import type { ToolCall } from "../../src/model/messages.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import { visibleTree } from "../../src/workspace/hidden-tree.ts";
import { checkout, folderTree, type Tree } from "../../src/workspace/tree.ts";
import { type GitServer, serveGit } from "../support/git-server.ts";
import { silentLog } from "../support/silent-log.ts";
import { makeRepository } from "./repository.ts";

/** Stands in every file that must not be seen; calls know its beginning alone. */
const CANARY = `CANARY_${crypto.randomUUID().replaceAll("-", "")}`;
const PLANTED = `import os\n${CANARY} = 1\nid,x\n`;

const COMMITTED = [
	{ path: "README.md", content: "# Churn\n" },
	{ path: "train.py", content: "def fit():\n    return 1\n" },
	{ path: "notes.md", content: "# Notes\n" },
	{ path: "pipe.py", content: "x = 1\n" },
	{ path: "data/rows.csv", content: "id,x\n1,2\n" },
	{ path: "data/link.csv", content: "../../canary.txt", mode: "120000" },
	{ path: "sub/inner.py", content: "y = 2\n" },
	{ path: "sub/table.jsonl", content: '{"a": 1}\n' },
	{ path: "private/keys.py", content: PLANTED },
	{
		path: "book.ipynb",
		content: JSON.stringify({
			cells: [{ cell_type: "code", source: "%load ../../canary.txt" }],
		}),
	},
];

let server: GitServer;
let tree: Tree;
/** Names of this machine that no answer may bring up by itself. */
let hostNames: string[];
let hostilePaths: string[];

beforeAll(async () => {
	const repository = makeRepository();
	const sha = repository.commit(COMMITTED);
	server = await serveGit(repository.root);
	const dataDir = mkdtempSync(join(tmpdir(), "inside-"));
	const outside = mkdtempSync(join(tmpdir(), "outside-"));
	const made = await checkout({
		...{ dataDir, repositoryId: 7, installationId: 9, sha },
		cloneUrl: `${server.origin}/churn.git`,
	});
	const canary = join(outside, "canary.txt");
	for (const name of ["canary.txt", "inner.py", "table.jsonl"])
		writeFileSync(join(outside, name), PLANTED);
	plant(made.root, outside, canary);
	tree = visibleTree(made, {
		...DEFAULT_CONFIG.paths,
		read_deny: ["private/**"],
	});
	hostNames = [made.root, dataDir, outside, process.cwd()];
	hostilePaths = pathsTo(made.root, outside, canary);
});
afterAll(() => server.close());

/** What the commit has as files is now something else, or more. */
function plant(root: string, outside: string, canary: string): void {
	const at = (path: string) => join(root, path);
	for (const path of ["notes.md", "pipe.py", "data/rows.csv"]) rmSync(at(path));
	linkSync(canary, at("notes.md"));
	execFileSync("mkfifo", [at("pipe.py")]);
	symlinkSync(canary, at("data/rows.csv"));
	renameSync(at("sub"), join(outside, "was-sub"));
	symlinkSync(outside, at("sub"));
	symlinkSync(canary, at("extra.py"));
	symlinkSync("/", at("host"));
	mkdirSync(at(".git"));
	writeFileSync(at(".git/config"), PLANTED);
}

const pathsTo = (root: string, outside: string, canary: string) => [
	...[canary, outside, relative(root, canary), relative(root, outside)],
	...[`data/${relative(join(root, "data"), canary)}`, `file://${canary}`],
	...["notes.md", "pipe.py", "data/rows.csv", "data/link.csv", "extra.py"],
	...["sub", "sub/", "sub/inner.py", "sub/table.jsonl", "sub/canary.txt"],
	...["host", "host/etc/passwd", "private", "private/keys.py", "book.ipynb"],
	...["..", "../", "./..", "data/..", "data/../..", "data/./../../x", "..."],
	...["../../../../../../etc/passwd", "/etc/passwd", "//etc//passwd", "/"],
	...["/proc/self/environ", "/proc/self/root/etc/passwd", "/dev/zero"],
	...["..%2f..%2fetc%2fpasswd", "%2e%2e/x", "..\\..\\x", "C:\\x", "c:/x"],
	...["~", "~root/.ssh", "\\\\host\\share", "‥/x", "../x", "．．/x", "․․/x"],
	...[".git", ".git/", ".git/config", ".GIT/config", "data/.Git/x", "git~1/x"],
	...[".g\u200cit/config", ".git\0/config", "train.py\0.md", "\0", ".git./x"],
	...["train.py/", "train.py/..", "train.py/../../x", "train.py/x", "", " "],
	...["-", "--", "-e", "--files", "--follow", "--pre=cat", "-f/etc/passwd"],
	...["a/".repeat(3_000), "x".repeat(100_000), "../".repeat(2_000), "*", "**"],
	...["__proto__", "constructor", "{..,.}/canary.txt", "[.][.]/canary.txt"],
];

const PATTERNS = [
	...["CANARY", "(?i)canary", "\\x43ANARY", ".", "", "^", "id,x", "import"],
	...["-f/etc/passwd", "--file=/etc/passwd", "--pre=cat", "--follow", "-L"],
	...["--no-ignore", "-g", "(", "a{1000}{1000}", "(x+x+)+y", "\n", "\0", "/"],
];

const role = {
	...ROSTER["ml-writer"],
	tools: READING_TOOLS.map(({ name }) => name),
	max_calls: 1_000_000,
} as (typeof ROSTER)["ml-writer"];

async function ask(name: string, input: object, from = tree): Promise<string> {
	const call = { type: "tool_use", id: "1", name, input } as ToolCall;
	const failed: unknown[] = [];
	const reading = await read(call, 1, NOTHING_READ, {
		...{ role, tree: from, submit: "submit_risks" },
		log: { ...silentLog, error: (fault: unknown) => failed.push(fault) },
	});
	expect(failed, `${name} ${JSON.stringify(input)}`).toEqual([]);
	return reading.ok ? reading.text : `${reading.code}: ${reading.message}`;
}

function expectInside(answer: string, input: object): void {
	const asked = JSON.stringify(input).slice(0, 300);
	expect(answer.includes(CANARY), asked).toBe(false);
	for (const name of hostNames)
		if (!asked.includes(name)) expect(answer.includes(name), asked).toBe(false);
}

const text = () =>
	fc.oneof(
		{
			weight: 4,
			arbitrary: fc
				.nat()
				.map((n) => hostilePaths[n % hostilePaths.length] ?? ""),
		},
		{
			weight: 2,
			arbitrary: fc
				.array(
					fc.constantFrom(
						"..",
						".",
						"",
						"sub",
						"data",
						".git",
						"host",
						"train.py",
						"etc",
					),
					{ maxLength: 8 },
				)
				.chain((parts) =>
					fc.constantFrom("/", "\\", "//").map((by) => parts.join(by)),
				),
		},
		{ weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
	);
const pattern = () => fc.oneof(fc.constantFrom(...PATTERNS), text());
const number = () => fc.integer({ min: -5, max: 1_000_000_000 });

const optional = { requiredKeys: [] };
const CALLS = fc.oneof(
	call(
		"view",
		fc.record(
			{ path: text(), start: number(), end: number() },
			{ requiredKeys: ["path"] },
		),
	),
	call("outline", fc.record({ path: text() })),
	call("data_profile", fc.record({ path: text() }, optional)),
	call(
		"glob",
		fc.record(
			{ pattern: pattern(), limit: number() },
			{ requiredKeys: ["pattern"] },
		),
	),
	call(
		"map",
		fc.record({ role: text(), query: pattern(), limit: number() }, optional),
	),
	call("skill", fc.record({ name: text() })),
	call(
		"grep",
		fc.record(
			{
				pattern: pattern(),
				path: text(),
				glob: pattern(),
				ignore_case: fc.boolean(),
				mode: fc.constantFrom("lines", "files"),
				context: number(),
			},
			{ requiredKeys: ["pattern"] },
		),
	),
);

function call(name: string, input: fc.Arbitrary<object>) {
	return input.map((value) => ({ name, input: value }));
}

describe("no agent can read outside the tree", () => {
	test("by any path that is known to lead out of one", async () => {
		for (const path of hostilePaths) {
			const asked = [
				["view", { path }],
				["outline", { path }],
				["data_profile", { path }],
				["grep", { pattern: "CANARY", path }],
				["glob", { pattern: path }],
				["skill", { name: path }],
			] as const;
			for (const [name, input] of asked)
				expectInside(await ask(name, input), input);
		}
	});

	test("by looking at all there is", async () => {
		const asked = [
			...PATTERNS.map((one) => ["grep", { pattern: one }] as const),
			["grep", { pattern: "CANARY", glob: "**" }],
			["glob", { pattern: "**" }],
			["data_profile", {}],
			["map", {}],
			["map", { query: "canary inner keys" }],
			["view", { path: "." }],
		] as const;
		for (const [name, input] of asked)
			expectInside(await ask(name, input), input);
		expect(await ask("grep", { pattern: "fit" })).toBe("train.py:1:def fit():");
	});

	test("by any other call", async () => {
		await fc.assert(
			fc.asyncProperty(CALLS, async ({ name, input }) =>
				expectInside(await ask(name, input), input),
			),
			{ numRuns: 300 },
		);
	});

	test("by any notebook", async () => {
		const root = mkdtempSync(join(tmpdir(), "notebooks-"));
		const output = fc.record(
			{
				output_type: fc.constantFrom("stream", "error", "display_data"),
				text: fc.oneof(fc.string(), fc.array(fc.string()), fc.jsonValue()),
				ename: fc.jsonValue(),
				data: fc.dictionary(fc.string(), fc.jsonValue()),
			},
			optional,
		);
		const source = fc.oneof(
			fc.string(),
			fc.constantFrom("%run ../../x.py", "!cat /etc/passwd", "%%writefile x"),
			fc.array(fc.string()),
			fc.jsonValue(),
		);
		const cell = fc.record(
			{
				cell_type: fc.oneof(
					fc.constantFrom("code", "markdown"),
					fc.jsonValue(),
				),
				source,
				outputs: fc.oneof(fc.array(output), fc.jsonValue()),
			},
			optional,
		);
		const notebook = fc.oneof(
			fc
				.record({ cells: fc.array(fc.oneof(cell, fc.jsonValue())) })
				.map((it) => JSON.stringify(it)),
			fc.jsonValue().map((it) => JSON.stringify(it)),
			fc.constantFrom(
				"[".repeat(100_000),
				`{"cells":${'{"cells":'.repeat(20_000)}`,
				`{"cells":[${'{"cell_type":"code","source":"x"},'.repeat(900)}{}]}`,
				'{"__proto__":{"cells":[]},"cells":[{"__proto__":{"source":"x"}}]}',
				'{"cells":[{"cell_type":"code","source":"',
				"\u0000",
			),
		);
		await fc.assert(
			fc.asyncProperty(notebook, async (content) => {
				writeFileSync(join(root, "a.ipynb"), content);
				const book = await folderTree(root);
				for (const [name, input] of [
					["view", { path: "a.ipynb" }],
					["outline", { path: "a.ipynb" }],
					["grep", { pattern: ".", path: "a.ipynb" }],
					["map", {}],
				] as const) {
					const answer = await ask(name, input, book);
					expect(answer).not.toContain(root);
					expect(answer.length).toBeLessThan(35_000);
				}
			}),
			{ numRuns: 25 },
		);
	});
});
