// The edit tools as a writer calls them: what each does to the change so far,
// and every way in which it says no.
import { tmpdir } from "node:os";
import { beforeEach, describe, expect, test } from "vitest";
import type { Assignment } from "../../src/agents/assignment.ts";
import {
	answerCalls,
	type Progress,
} from "../../src/agents/calls/answer-calls.ts";
import { NOTHING_READ } from "../../src/agents/calls/reading.ts";
import type { World } from "../../src/agents/world.ts";
import type { ToolCall } from "../../src/model/messages.ts";
import { editedTree } from "../../src/workspace/edited-tree.ts";
import { memoryTree } from "../support/memory-tree.ts";
import { begun } from "../support/runs.ts";
import { silentLog } from "../support/silent-log.ts";

const CELLS = {
	cells: [
		{ cell_type: "markdown", metadata: {}, source: ["# Title\n", "text"] },
		{
			cell_type: "code",
			execution_count: 3,
			metadata: {},
			outputs: [{ output_type: "stream", text: ["old\n"] }],
			source: ["%matplotlib inline\n", "fit(rows)\n", "score(rows)"],
		},
	],
	metadata: {},
	nbformat: 4,
	nbformat_minor: 5,
};
const NOTEBOOK = `${JSON.stringify(CELLS, null, 1)}\n`;

const FILES = {
	"churn/model.py":
		"import math\n\n\ndef fit(rows):\n    return rows\n\n\ndef score(rows):\n    return rows\n",
	"churn/windows.py": "a = 1\r\nb = 2\r\n",
	"churn/broken.py": "def old(:\n    pass\n\n\nx = 1\n",
	"look.ipynb": NOTEBOOK,
	"uv.lock": "version = 1\n",
	CODEOWNERS: "* @alice\n",
	"MODEL_CARD.md": "ours\n",
	"table.csv": "a,b\n1,2\n",
};
const TASK: Assignment<"change"> = {
	role: "ml-writer",
	name: "write-model",
	phase: 7,
	submit: "change",
	brief: "Write it.",
};
const tree = { ...memoryTree(FILES), root: tmpdir() };
let now: Progress;
beforeEach(() => {
	now = { memory: NOTHING_READ, edits: {}, isShown: () => false };
});

const world = (more: Partial<World> = {}) =>
	({ tree, run: begun().run, before: {}, log: silentLog, ...more }) as World;

type Call = [name: string, input: object];
async function turn(calls: Call[], about = world(), task: Assignment = TASK) {
	const made = calls.map(
		([name, input], i) =>
			({ type: "tool_use", id: `t${i}`, name, input }) as ToolCall,
	);
	const { signal } = new AbortController();
	const answered = await answerCalls(made, now, task, about, signal);
	now = {
		...now,
		memory: answered.memory,
		edits: { ...now.edits, ...answered.edits },
	};
	return {
		...answered,
		said: answered.results.map(({ content }) => String(content)),
	};
}
const one = async (name: string, input: object) =>
	(await turn([[name, input]])).said[0] ?? "";
const read = (path: string) => one("view", { path });
const nowIn = (path: string) => editedTree(tree, now.edits).text(path);

const MODEL = "churn/model.py";
const replace = (old_str: string, new_str: string, path = MODEL) =>
	one("str_replace", { path, old_str, new_str });

describe("an edit", () => {
	test("replaces text that stands once, and shows the place", async () => {
		await read(MODEL);
		const said = await replace("def fit(rows):\n    return rows", "FIT = 1");
		expect(said).toBe(
			"churn/model.py now reads\n1\timport math\n2\t\n3\t\n4\tFIT = 1\n5\t\n6\t\n7\tdef score(rows):",
		);
		expect(await nowIn(MODEL)).toBe(
			"import math\n\n\nFIT = 1\n\n\ndef score(rows):\n    return rows\n",
		);
	});

	test("keeps the file's line ends", async () => {
		await read("churn/windows.py");
		await replace("a = 1\nb = 2", "a = 1\nb = 3", "churn/windows.py");
		expect(await nowIn("churn/windows.py")).toBe("a = 1\r\nb = 3\r\n");
	});

	test("inserts after a line, under either name of the text", async () => {
		await read(MODEL);
		const path = MODEL;
		await one("insert", { path, insert_line: 1, insert_text: "import os\n" });
		await read(MODEL);
		await one("insert", { path, insert_line: 0, new_str: '"""Churn."""' });
		expect(await nowIn(MODEL)).toMatch(
			/^"""Churn."""\nimport math\nimport os\n\n/,
		);
	});

	test("creates a file, which this run may then overwrite and edit unread", async () => {
		const path = "churn/new.py";
		expect(await one("create", { path, file_text: "x = 1\n" })).toBe(
			"churn/new.py created, 1 line",
		);
		expect(await one("create", { path, file_text: "x = 2\n" })).toMatch(
			/^E_FORBIDDEN: .*overwrite: true/,
		);
		await one("create", { path, file_text: "x = 2\n", overwrite: true });
		expect(await replace("x = 2", "x = 3", path)).toContain("x = 3");
	});

	test("deletes a file", async () => {
		expect(await one("delete_file", { path: MODEL })).toBe(
			"churn/model.py deleted",
		);
		expect(await nowIn(MODEL)).toBeUndefined();
		expect(await read(MODEL)).toMatch(/^E_NOT_FOUND/);
	});

	test("changes a notebook's cell as notebook programs would, its outputs cleared", async () => {
		const path = "look.ipynb";
		await read(path);
		const input = { path, cell: 1, old_str: "fit(rows)", new_str: "fit(all)" };
		await one("edit_cell", input);
		const text = (await nowIn(path)) ?? "";
		const [title, code] = CELLS.cells;
		const source = ["%matplotlib inline\n", "fit(all)\n", "score(rows)"];
		const edited = { ...code, execution_count: null, outputs: [], source };
		expect(text).toBe(
			`${JSON.stringify({ ...CELLS, cells: [title, edited] }, null, 1)}\n`,
		);
	});

	test("of a cell leaves numbers elsewhere as they are spelt", async () => {
		const at = "odd.ipynb";
		const odd = NOTEBOOK.replace(
			'"nbformat": 4',
			'"big": 12345678901234567890, "rate": 1.0, "nbformat": 4',
		);
		const about = world({
			tree: { ...memoryTree({ [at]: odd }), root: tmpdir() },
		});
		const input = { path: at, cell: 0, old_str: "text", new_str: "words" };
		await turn([["view", { path: at }]], about);
		await turn([["edit_cell", input]], about);
		expect(now.edits[at]).toContain('"big": 12345678901234567890');
		expect(now.edits[at]).toContain('"rate": 1.0,');
	});

	test("is seen by whatever reads after it, in the same turn too", async () => {
		await read(MODEL);
		const { said } = await turn([
			["view", { path: MODEL, start: 4, end: 4 }],
			["create", { path: "churn/new.py", file_text: "y = 1\n" }],
			[
				"str_replace",
				{ path: MODEL, old_str: "def fit", new_str: "def fitted" },
			],
			["view", { path: MODEL, start: 4, end: 4 }],
			["glob", { pattern: "churn/n*.py" }],
			["outline", { path: MODEL }],
			["grep", { pattern: "^y = ", path: "churn/new.py" }],
		]);
		expect(said[0]).toContain("def fit(rows)");
		expect(said[3]).toContain("def fitted(rows)");
		expect(said[4]).toBe("churn/new.py");
		expect(said[5]).toContain("fitted");
		expect(said[6]).toBe("churn/new.py:1:y = 1");
	});
});

describe("an edit is refused, and the file left alone", () => {
	const PYTHON = { path: MODEL, insert_line: 3 };
	test.each<[string, Call, RegExp]>([
		[
			"of a file that is not there",
			["str_replace", { path: "churn/modle.py", old_str: "a", new_str: "b" }],
			/^E_NOT_FOUND: .*nearest: churn\/model\.py/,
		],
		[
			"of text that stands nowhere, with the five nearest lines",
			["str_replace", { path: MODEL, old_str: "def fit(row):", new_str: "" }],
			/^E_NO_MATCH: [^\n]*\n2\t\n3\t\n4\tdef fit\(rows\):\n5\t {4}return rows\n6\t$/,
		],
		[
			"of text that stands twice, with its lines",
			["str_replace", { path: MODEL, old_str: "return rows", new_str: "" }],
			/^E_MULTI: .* 2 times .* lines 5, 9;/,
		],
		[
			"that changes nothing",
			["str_replace", { path: MODEL, old_str: "math", new_str: "math" }],
			/^E_SAME/,
		],
		[
			"after which Python no longer parses, with the place",
			["str_replace", { path: MODEL, old_str: "fit(rows)", new_str: "fit(" }],
			/^E_SYNTAX: .* at 4:\d+: def fit\(:/,
		],
		[
			"that inserts what is no Python",
			["insert", { ...PYTHON, insert_text: "def (:" }],
			/^E_SYNTAX/,
		],
		[
			"beyond the file's end",
			["insert", { ...PYTHON, insert_line: 90, insert_text: "x" }],
			/^E_RANGE: .* has 9 lines/,
		],
		[
			"of a new file that is no Python",
			["create", { path: "a.py", file_text: "def (:" }],
			/^E_SYNTAX/,
		],
		[
			"of a file that was there, by creating it",
			["create", { path: MODEL, file_text: "", overwrite: true }],
			/^E_FORBIDDEN: .*not of this run's making/,
		],
		[
			"below a file",
			["create", { path: `${MODEL}/x.py`, file_text: "" }],
			/^E_FORBIDDEN: churn\/model\.py is a file/,
		],
		[
			"too large",
			["create", { path: "big.txt", file_text: "x".repeat(100_001) }],
			/^E_BUDGET/,
		],
		[
			"of a notebook as text",
			["str_replace", { path: "look.ipynb", old_str: "fit", new_str: "" }],
			/^E_FORBIDDEN: .*edit_cell/,
		],
		[
			"of a cell that is not there",
			["edit_cell", { path: "look.ipynb", cell: 7, old_str: "a", new_str: "" }],
			/^E_RANGE: .*cells 0 to 1/,
		],
		[
			"of a cell that would not parse",
			[
				"edit_cell",
				{ path: "look.ipynb", cell: 1, old_str: "fit(", new_str: "= (" },
			],
			/^E_SYNTAX/,
		],
		["without a path", ["delete_file", {}], /^E_INPUT/],
	])("%s", async (_, [name, input], message) => {
		for (const path of [MODEL, "look.ipynb"]) await read(path);
		expect(await one(name, input)).toMatch(message);
		expect(now.edits).toEqual({});
	});

	test.each([
		"uv.lock",
		"CODEOWNERS",
		"MODEL_CARD.md",
		".github/workflows/ci.yml",
		"../outside.py",
		"/etc/passwd",
		"churn/.git/hooks/pre-commit",
		"keys/server.pem",
		"a\0b",
	])("in the forbidden place %j", async (path) => {
		const file_text = "x = 1\n";
		expect(await one("create", { path, file_text })).toMatch(/^E_FORBIDDEN/);
		expect(await one("delete_file", { path })).toMatch(
			/^E_(FORBIDDEN|NOT_FOUND)/,
		);
		expect(now.edits).toEqual({});
	});

	test("where the configuration leaves a place to people", async () => {
		const { run } = begun();
		const paths = { read_deny: [], write_deny: ["churn"], write_allow: [] };
		const about = world({ run: { ...run, config: { ...run.config, paths } } });
		const { said } = await turn([["delete_file", { path: MODEL }]], about);
		expect(said[0]).toMatch(/^E_FORBIDDEN: .*write_deny/);
	});

	test("with a secret in it", async () => {
		const file_text = `KEY = "sk-ant-${"a".repeat(30)}"\n`;
		const said = await one("create", { path: "churn/key.py", file_text });
		expect(said).toMatch(/^E_FORBIDDEN: .*Anthropic key/);
	});

	test("of a file that was neither read nor shown", async () => {
		expect(await replace("math", "os")).toMatch(/^E_NOT_READ: .*view/);
		now = { ...now, isShown: (path) => path === MODEL };
		expect(await replace("math", "os")).toContain("import os");
	});

	test("of a file that was shown as it was before this run changed it", async () => {
		const base = memoryTree(
			{ ...FILES, [MODEL]: "import os\n" },
			"b".repeat(40),
		);
		now = { ...now, isShown: () => true };
		const insert = { path: MODEL, insert_line: 1, insert_text: "import re" };
		const { said } = await turn([["insert", insert]], world({ base }));
		expect(said[0]).toMatch(/^E_NOT_READ: .*view/);
		const path = "churn/windows.py";
		const input = { path, insert_line: 1, insert_text: "c = 3" };
		const { said: same } = await turn([["insert", input]], world({ base }));
		expect(same[0]).toContain("c = 3");
	});

	test("where the writer's own edits have moved on", async () => {
		await read(MODEL);
		const insert = { path: MODEL, insert_line: 1, insert_text: "import os" };
		await one("insert", insert);
		expect(await one("insert", { ...insert, insert_line: 4 })).toMatch(
			/^E_STALE: .*view/,
		);
		await replace("import math\n", "");
		expect(await replace("import math", "import re")).toMatch(
			/^E_STALE: an edit of yours/,
		);
	});

	test("beyond what one assignment allows", async () => {
		now = { ...now, memory: { ...NOTHING_READ, edits: 100 } };
		expect(await replace("math", "os")).toMatch(/^E_BUDGET/);
	});

	test("in the hands of a role that only reads", async () => {
		const reviewer = {
			...TASK,
			role: "ml-reviewer",
			submit: "review",
		} as const;
		const calls: Call[] = [
			["delete_file", { path: MODEL }],
			["run_checks", { check: "tests" }],
		];
		const { said } = await turn(calls, world(), reviewer);
		for (const answer of said) expect(answer).toMatch(/^E_FORBIDDEN/);
		expect(now.edits).toEqual({});
	});
});

test("a file that did not parse before may be mended step by step", async () => {
	await read("churn/broken.py");
	expect(await replace("x = 1", "x = 2", "churn/broken.py")).toContain("x = 2");
	expect(await replace("old(:", "old():", "churn/broken.py")).toContain(
		"old()",
	);
});

describe("what is handed in", () => {
	const CHANGE = { title: "A model", why: "Approved.", what: ["a model"] };

	test("is what was edited, and on top what the submission brings", async () => {
		await read(MODEL);
		await replace("import math", "import os");
		await one("delete_file", { path: "table.csv" });
		await one("create", { path: "gone.py", file_text: "" });
		await one("delete_file", { path: "gone.py" });
		const { accepted } = await turn([
			[
				"submit_change",
				{
					...CHANGE,
					files: [{ path: "tests/test_model.py", content: "T = 1\n" }],
					replacements: [
						{ path: MODEL, quote: "import os", replacement: "import re" },
					],
				},
			],
		]);
		expect(accepted?.submission).toMatchObject({
			files: [
				{ path: MODEL, content: FILES[MODEL].replace("math", "re") },
				{ path: "tests/test_model.py", content: "T = 1\n" },
			],
			replacements: [],
			deletions: ["table.csv"],
		});
	});

	test("may be nothing more than a title to what was edited in the same turn", async () => {
		const { accepted } = await turn([
			["create", { path: "a.py", file_text: "x = 1\n" }],
			["submit_change", CHANGE],
		]);
		expect(accepted?.submission).toMatchObject({
			files: [{ path: "a.py", content: "x = 1\n" }],
		});
	});

	test("is not looked at when an edit before it failed", async () => {
		const { accepted, said } = await turn([
			["create", { path: "a.py", file_text: "x = (" }],
			["submit_change", CHANGE],
		]);
		expect(accepted).toBeUndefined();
		expect(said[1]).toContain("Not looked at");
	});

	test("is told once of what the rules newly find in it, then taken", async () => {
		const file_text =
			"import torch\n\nfor x in batches:\n    loss = model(x).mean()\n    loss.backward()\n    optimizer.zero_grad()\n    optimizer.step()\n";
		const { accepted, refused, said } = await turn([
			["create", { path: "train.py", file_text }],
			["submit_change", CHANGE],
		]);
		expect(accepted).toBeUndefined();
		expect(refused).toBe(true);
		expect(said[1]).toMatch(/- train\.py, line 6, rule PT02: /);
		const again = await turn([["submit_change", CHANGE]]);
		expect(again.accepted?.submission).toMatchObject({
			files: [{ path: "train.py" }],
		});
	});

	test("without edits stays as it was said", async () => {
		const change = {
			...CHANGE,
			files: [],
			replacements: [],
			deletions: [MODEL],
		};
		const { accepted } = await turn([["submit_change", change]]);
		expect(accepted?.submission).toEqual(change);
	});
});

test("reads of one turn come to no more than one assignment allows", async () => {
	const line = `${"x".repeat(90)}\n`;
	const names = Array.from({ length: 9 }, (_, i) => `long${i}.txt`);
	const files = Object.fromEntries(names.map((n) => [n, line.repeat(300)]));
	const about = world({ tree: { ...memoryTree(files), root: tmpdir() } });
	const { said } = await turn(
		names.map((path) => ["view", { path, end: 300 }]),
		about,
	);
	const spent = said.map((text) => text.startsWith("E_BUDGET"));
	expect(spent.indexOf(true)).toBeGreaterThan(4);
	expect(spent.slice(spent.indexOf(true))).not.toContain(false);
	expect(now.memory.characters).toBeLessThan(180_000);
});

test("an edit keeps what is known of the tree below it", () => {
	const below = { ...tree, facts: "/kept" };
	expect(editedTree(below, { "a.py": "x = 1\n" })).toMatchObject({
		facts: "/kept",
		unedited: below,
	});
});
