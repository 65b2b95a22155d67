// Real processes: what one question does must not reach the next.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { checkApart } from "../../../src/ml/rules/apart/check-apart.ts";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";

const LEAK = `
import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("a.csv")
df["town_churn"] = df.groupby("town")["churned"].transform("mean")
train, test = train_test_split(df, random_state=0)
model.fit(train.drop(columns="churned"), train["churned"])
`;
const files = new Map([["a.py", LEAK]]);
const context = { labels: ["churned"] };

const children = () =>
	execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], {
		encoding: "utf8",
	})
		.split("\n")
		.filter((line) => line.includes("checking-process"))
		.map((line) => Number(line.trim().split(" ")[0]));

describe("rules in a process of their own", () => {
	test("find what they find in this one, without the look to the clock", async () => {
		const hits = await checkRules(files, context);
		expect(hits).toHaveLength(1);
		const apart = await checkApart({ files, context });
		expect(apart).toEqual({ hits, suppressed: [], skipped: [] });
	});

	test("serve questions asked at once with one process", async () => {
		const asked = Array.from({ length: 3 }, () =>
			checkApart({ files, context }),
		);
		const answers = await Promise.all(asked);
		expect(answers.map(({ hits }) => hits.length)).toEqual([1, 1, 1]);
		expect(children()).toHaveLength(1);
	});

	test("say when they took too long, and answer the next question", async () => {
		expect(await checkApart({ files, context }, 1)).toMatchObject({
			hits: [],
			unfinished:
				"The rules could not look at this code: it took longer than 1 ms.",
		});
		expect((await checkApart({ files, context })).hits).toHaveLength(1);
	});

	test("say when their process fell, and answer the next question", async () => {
		const before = children();
		const answer = checkApart({ files, context });
		for (const pid of before) process.kill(pid, "SIGKILL");
		const { hits, unfinished } = await answer;
		expect(unfinished ?? hits.length).toMatch(/its process ended \(SIGKILL\)/);
		expect((await checkApart({ files, context })).hits).toHaveLength(1);
	});
});
