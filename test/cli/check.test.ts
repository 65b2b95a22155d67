import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { check, type RuleRequest } from "../../src/cli/check/check.ts";
import { plain } from "../../src/cli/check/show.ts";
import { type TempTree, tempTree } from "../support/temp-tree.ts";

const LEAK = `import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("churn.csv")
df["rate"] = df.groupby("region")["churned"].transform("mean")
X, y = df.drop(columns=["churned"]), df["churned"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
`;
const [BEFORE = "", AFTER = ""] = LEAK.split(/(?<=csv"\)\n)/);

let tree: TempTree;
beforeEach(async () => {
	tree = await tempTree({ "src/prepare.py": LEAK, "src/fine.py": "x = 1\n" });
});
afterEach(() => tree.remove());

async function run(request: Partial<RuleRequest> = {}, folder = tree.root) {
	const said: string[] = [];
	const complaints: string[] = [];
	const code = await check(
		folder,
		{
			...{ json: false, sarif: false, cache: false },
			...{ rule: ["LEAK02"], label: [], ...request },
		},
		{
			say: (text) => said.push(text),
			complain: (line) => complaints.push(line),
			paint: plain,
		},
	);
	return { code, said: said.join("\n"), complaints: complaints.join("\n") };
}

const other = async (files: Record<string, string>) => {
	await tree.remove();
	tree = await tempTree(files);
};

test("a finding is shown in its code, and fails the check", async () => {
	const { code, said } = await run();
	expect(code).toBe(1);
	expect(said).toMatch(/^src\/prepare\.py:5 {2}critical {2}LEAK02 {2}/);
	expect(said).toContain('  > 5 | df["rate"] = df.groupby("region")');
	expect(said).toMatch(/1 finding in 2 files$/);
});

test("what is clean passes", async () => {
	await other({ "a.py": "x = 1\n" });
	expect(await run()).toMatchObject({ code: 0, said: "0 findings in 1 file" });
});

test("as JSON it holds places, confidence and where that comes from", async () => {
	const { said } = await run({ json: true });
	expect(JSON.parse(said)).toMatchObject({
		files: 2,
		findings: [
			{
				...{ rule: "LEAK02", path: "src/prepare.py", startLine: 5 },
				...{ tier: expect.any(String), confidence: expect.any(Number) },
			},
		],
		suppressed: [],
		skipped: [],
	});
});

test("as SARIF it has what the standard asks for", async () => {
	const { said } = await run({ sarif: true });
	const sarif = JSON.parse(said);
	expect(sarif.version).toBe("2.1.0");
	const [{ tool, results }] = sarif.runs;
	expect(tool.driver.name).toBe("Modelwright");
	const [result] = results;
	expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
	expect(result.message.text).toContain('"churned"');
	expect(["none", "note", "warning", "error"]).toContain(result.level);
	expect(result.locations[0].physicalLocation).toMatchObject({
		artifactLocation: { uri: "src/prepare.py" },
		region: { startLine: 5, endLine: 5 },
	});
});

test("a comment with a reason ignores a rule, one without does not", async () => {
	const line = "# modelwright: ignore[LEAK02]";
	await other({ "a.py": `${BEFORE}${line} demo of the fault\n${AFTER}` });
	expect(await run()).toMatchObject({
		code: 0,
		said: "0 findings in 1 file, 1 ignored with a reason",
	});
	await other({ "a.py": `${BEFORE}${line}\n${AFTER}` });
	const { code, said } = await run();
	expect(code).toBe(1);
	expect(said).toContain("gives no reason");
});

test("the configuration waives a rule for some files, with a reason", async () => {
	const config = (paths: string) =>
		`rules:\n  waive:\n    - { rule: LEAK02, paths: ["${paths}"], reason: only explores }\n`;
	const files = { "notes/a.py": LEAK };
	await other({ ...files, ".github/modelwright.yml": config("notes/**") });
	expect((await run()).code).toBe(0);
	await other({ ...files, ".github/modelwright.yml": config("src/**") });
	expect((await run()).code).toBe(1);
	await other({ ...files, ".github/modelwright.yml": "rules: 3\n" });
	const { code, complaints } = await run();
	expect(code).toBe(2);
	expect(complaints).toContain("line 1, `rules`");
});

test("a baseline hides what was there, wherever it moves, and nothing new", async () => {
	const baseline = join(tree.root, "known.json");
	expect((await run({ writeBaseline: baseline })).code).toBe(0);
	expect((await run({ baseline })).code).toBe(0);
	const text = await readFile(baseline, "utf8");
	const moved = { "src/prepare.py": `import os\n${LEAK}`, "known.json": text };
	await other(moved);
	const there = join(tree.root, "known.json");
	expect((await run({ baseline: there })).code).toBe(0);
	await other({ ...moved, "src/second.py": LEAK });
	const { code, said } = await run({ baseline: join(tree.root, "known.json") });
	expect(code).toBe(1);
	expect(said).toContain("src/second.py:5");
});

test("a notebook's finding names file line, cell and line", async () => {
	const cell = (cell_type: string, source: string) => ({
		...{ cell_type, metadata: {}, source: source.split(/(?<=\n)/) },
		...(cell_type === "code" ? { outputs: [], execution_count: null } : {}),
	});
	const cells = [
		cell("markdown", "# Churn\n\nLook."),
		cell("code", `%matplotlib inline\n${BEFORE}`),
		cell("code", ""),
		cell("code", AFTER),
	];
	const text = JSON.stringify({ cells, nbformat: 4 }, null, 1);
	await other({ "look.ipynb": text });
	const { said } = await run();
	const line = text.split("\n").findIndex((it) => it.includes("groupby")) + 1;
	expect(said).toContain(`look.ipynb:${line} (cell 3, line 1)`);
	await other({ "look.ipynb": JSON.stringify({ cells, nbformat: 4 }) });
	expect((await run()).said).toContain("(cell 3, line 1)");
	await other({ "look.ipynb": "{" });
	expect((await run()).complaints).toContain("not a notebook");
});

test("results are kept by content: what has changed is looked at again", async () => {
	const cache = await tempTree({});
	const before = process.env.XDG_CACHE_HOME;
	process.env.XDG_CACHE_HOME = cache.root;
	try {
		const first = await run({ cache: true });
		expect(await run({ cache: true })).toEqual(first);
		await other({ "src/prepare.py": "x = 1\n", "src/fine.py": "x = 1\n" });
		expect((await run({ cache: true })).code).toBe(0);
	} finally {
		if (before === undefined) delete process.env.XDG_CACHE_HOME;
		else process.env.XDG_CACHE_HOME = before;
		await cache.remove();
	}
});

test.each([
	[{ rule: ["LEAK99"] }, "There is no rule LEAK99. The rules are: "],
	[{ minConfidence: "high" }, "whole number from 0 to 100"],
	[{ baseline: "/nowhere/b.json" }, "Write one with --write-baseline"],
])(
	"a request that cannot be meant is answered in words: %j",
	async (request, words) => {
		const { code, complaints } = await run(request);
		expect(code).toBe(2);
		expect(complaints).toContain(words);
	},
);

test("a folder that is none is answered in words", async () => {
	const nowhere = await run({}, join(tree.root, "nowhere"));
	expect(nowhere).toMatchObject({ code: 2 });
	expect(nowhere.complaints).toContain("does not exist");
	const file = await run({}, join(tree.root, "src/fine.py"));
	expect(file.complaints).toContain("is not a folder");
});
