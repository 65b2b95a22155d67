// A repository with more findings than GitHub takes in one request: nothing is
// lost, and nothing shows twice.
import { afterAll, beforeAll, expect, it } from "vitest";
import { untilFindingsWait } from "../support/commands.ts";
import { type Story, tellStory, withoutTests } from "../support/story.ts";

const OLD = "churn/old.py";
const COUNT = 120;

/** Each line sums up the label per group before the rows are divided. */
const leaky = `import pandas as pd
from sklearn.model_selection import train_test_split


def rows(path):
    table = pd.read_csv(path)
${Array.from({ length: COUNT }, (_, i) => `    table["mean_${i}"] = table.groupby("group_${i}")["churned"].transform("mean")`).join("\n")}
    return train_test_split(table, test_size=0.2, random_state=0)
`;
const LINES = Array.from({ length: COUNT }, (_, i) => i + 7);

let story: Story;

const repository = () => story.stage.forge.repository(story.stage.repository);
const top = async () => {
	const pulls = await story.stage.forge.pulls(story.stage.repository);
	return pulls.at(-1);
};

/** Where the newest check of the top pull request's head points to in that file. */
async function linesShown(): Promise<number[]> {
	const head = (await top())?.headSha;
	const check = [...repository().checkRuns.values()].findLast(
		(run) => run.headSha === head && run.name === "modelwright / ml practices",
	);
	return (check?.annotations ?? [])
		.filter(({ path }) => path === OLD)
		.map(({ start_line }) => start_line)
		.sort((a, b) => a - b);
}

beforeAll(async () => {
	const { name, files } = withoutTests();
	story = await tellStory({
		project: { name, files: { ...files, [OLD]: leaky } },
	});
	await untilFindingsWait(story);
}, 180_000);

afterAll(async () => {
	await story?.stage.forge.idle();
	expect(story?.stage.forge.violations).toEqual([]);
	await story?.close();
});

it("a hundred and twenty findings are a hundred and twenty annotations", async () => {
	expect(await linesShown()).toEqual(LINES);
});

it("they move with their lines to the head that somebody pushes", async () => {
	const { head = "", headSha = "" } = (await top()) ?? {};
	const files = { [OLD]: `# Not ours.\n${leaky}` };
	await story.stage.forge.acts.push(
		...([story.stage.repository, "alice", files, head] as const),
	);
	await story.until("the new head has its checks", () =>
		[...repository().checkRuns.values()].some(
			(run) =>
				run.headSha !== headSha &&
				run.annotations.length > COUNT &&
				run.status === "completed",
		),
	);
	expect(await linesShown()).toEqual(LINES.map((line) => line + 1));
});
