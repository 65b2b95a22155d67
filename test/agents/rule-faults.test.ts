// What the rules say of a change before it is handed in.
import { expect, test } from "vitest";
import { ruleFaults } from "../../src/agents/calls/rule-faults.ts";
import { Config } from "../../src/run/config.ts";
import { memoryTree } from "../support/memory-tree.ts";
import { begun } from "../support/runs.ts";

const LEAK = `import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("churn.csv")
df["rate"] = df.groupby("region")["churned"].transform("mean")
X, y = df.drop(columns=["churned"]), df["churned"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
`;
const { run } = begun();
const faults = (
	before: Record<string, string>,
	files: { path: string; content: string }[],
	config = run.config,
) =>
	ruleFaults(
		{ title: "t", why: "w", what: [], files, replacements: [], deletions: [] },
		{ tree: memoryTree(before), before: {}, run: { ...run, config } },
	);

test("a new finding is told with line, rule and what to do instead", async () => {
	const told = await faults({ "a.py": "x = 1\n" }, [
		{ path: "a.py", content: LEAK },
	]);
	expect(told).toHaveLength(1);
	expect(told[0]).toMatch(/^a\.py, line 5, rule LEAK02: .*Split first\./);
});

test("what was there before, or is waived, or lies in other files, is not", async () => {
	const moved = [{ path: "a.py", content: `import os\n${LEAK}` }];
	expect(await faults({ "a.py": LEAK }, moved)).toEqual([]);
	const other = [{ path: "b.py", content: "x = 1\n" }];
	expect(await faults({ "a.py": LEAK }, other)).toEqual([]);
	const waiver = { rule: "LEAK02", reason: "only explores" };
	const config = Config.parse({ rules: { waive: [waiver] } });
	const written = [{ path: "a.py", content: LEAK }];
	expect(await faults({}, written, config)).toEqual([]);
});
