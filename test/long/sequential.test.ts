// One pull request at a time: each is merged before the next one is begun, and
// where nobody merges, `/approve` stacks the next one on top.
import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { type Story, tellStory } from "../support/story.ts";

const SEQUENTIAL = {
	files: { ".github/modelwright.yml": "pull_requests: sequential\n" },
};

let story: Story;

const pulls = () => story.stage.forge.pulls(story.stage.repository);

const git = (...args: string[]) => {
	const { directory } = story.stage.forge.repository(story.stage.repository);
	return execFileSync("git", ["--git-dir", directory, ...args], {
		encoding: "utf8",
	}).trim();
};

const waitsAt = (phase: number) => {
	const now = story.standing();
	return now?.state === "waiting" && now.phase === phase;
};

/** Waits until the run asks for a merge, and gives the open pull requests. */
async function askedForMerge(phase: number) {
	await story.until(
		`a merge is asked for after phase ${phase}`,
		() =>
			waitsAt(phase) &&
			story
				.comments()
				.some(({ kind, data }) => kind === "merge" && data.phase === phase),
	);
	expect(story.asked()).toBe("/approve");
	return (await pulls()).filter(({ state }) => state === "open");
}

const merge = (number: number, method: "merge" | "squash" | "rebase") =>
	story.stage.forge.acts.mergePull(
		story.stage.repository,
		number,
		"alice",
		method,
	);

const goesOnFrom = (phase: number) =>
	story.until(`phase ${phase} is left`, () => !waitsAt(phase));

afterAll(() => story?.close());

describe("with a merge after each phase", () => {
	it("each pull request begins at the default branch as it is then", async () => {
		story = await tellStory(SEQUENTIAL);
		const { forge, repository } = story.stage;
		await story.answerGate(6);
		const methods = ["merge", "squash", "rebase"] as const;
		for (const [i, method] of methods.entries()) {
			const open = await askedForMerge(7 + i);
			expect(open).toHaveLength(1);
			expect(open[0]).toMatchObject({ base: "main", draft: false });
			const before = git("rev-parse", "main");
			expect(git("rev-parse", `${open[0]?.head}~1`)).toBe(before);
			// Somebody else works on the same branch.
			await forge.acts.push(repository, "alice", {
				[`notes/${method}.md`]: "Unrelated.\n",
			});
			await merge(open[0]?.number ?? 0, method);
			await goesOnFrom(7 + i);
		}
		await story.until("findings wait", () => waitsAt(10));
		await story.say("alice", "/fix all");
		const [fixes] = await askedForMerge(10);
		expect(fixes).toMatchObject({
			head: "modelwright/1/10-fixes",
			base: "main",
		});
		await merge(fixes?.number ?? 0, "squash");
		await goesOnFrom(10);
		expect(await story.toTheEnd()).toBe("delivered");
	}, 900_000);

	it("ends with the model card in a pull request of its own, the only one left to merge", async () => {
		const open = (await pulls()).filter(({ state }) => state === "open");
		expect(open).toHaveLength(1);
		const [card] = open;
		expect(card).toMatchObject({
			head: "modelwright/1/12-model-card",
			base: "main",
			draft: false,
		});
		expect(card?.files.map(({ path }) => path)).toEqual([
			"MODEL_CARD.md",
			`docs/ml/issue-${story.issue}-metrics.json`,
		]);
		const { issues, checkRuns } = story.stage.forge.repository(
			story.stage.repository,
		);
		expect(issues.get(card?.number ?? 0)?.body).toContain("Closes #1");
		const checked = [...checkRuns.values()].map(({ headSha }) => headSha);
		expect(new Set(checked)).toEqual(new Set([card?.headSha]));
		const summary = story
			.comments()
			.findLast(({ kind, data }) => kind === "phase" && data.phase === 12);
		expect(summary?.body).toContain("5 pull requests");
		const status = story.comments().find(({ kind }) => kind === "status");
		expect(status?.body).toContain(`review and merge [#${card?.number}](`);
		expect(story.stage.forge.violations).toEqual([]);
		await merge(card?.number ?? 0, "merge");
		await story.until(
			"the issue is closed",
			() => story.standing()?.state === "closed",
		);
		await story.close();
	}, 180_000);
});

describe("without a merge", () => {
	it("`/approve` stacks the next one on top, and merges lowest first catch up", async () => {
		story = await tellStory(SEQUENTIAL);
		await story.answerGate(6);
		await askedForMerge(7);
		await story.say("alice", "/approve");
		await goesOnFrom(7);
		const [model, training] = await askedForMerge(8);
		expect(training).toMatchObject({ base: model?.head, draft: false });
		const asks = () =>
			story
				.comments()
				.find(({ kind, data }) => kind === "merge" && data.phase === 8)?.body;
		expect(asks()).toContain(`#${model?.number}, then`);
		await merge(model?.number ?? 0, "merge");
		await story.until(
			"only one is asked for",
			() => !asks()?.includes(`#${model?.number}`),
		);
		expect((await pulls()).at(-1)).toMatchObject({
			number: training?.number,
			base: "main",
		});
		await merge(training?.number ?? 0, "merge");
		await goesOnFrom(8);
		const [integration] = await askedForMerge(9);
		expect(integration?.base).toBe("main");
		expect(git("rev-parse", `${integration?.head}~1`)).toBe(
			git("rev-parse", "main"),
		);
	}, 900_000);

	it("a pull request closed unmerged keeps the run waiting, and the status says so", async () => {
		const [integration] = await askedForMerge(9);
		const { forge, repository } = story.stage;
		const close = (state: "open" | "closed") =>
			forge.acts.editIssue(repository, integration?.number ?? 0, "alice", {
				state,
			});
		const status = () =>
			story.comments().find(({ kind }) => kind === "status")?.body ?? "";
		await close("closed");
		await story.until("the status says so", () =>
			status().includes("closed without a merge"),
		);
		expect(waitsAt(9)).toBe(true);
		await close("open");
		await story.until(
			"it is as before",
			() => !status().includes("closed without a merge"),
		);
	}, 180_000);

	it("the shown command leads to the end, with the model card on the open top", async () => {
		expect(await story.toTheEnd()).toBe("delivered");
		const top = (await pulls()).at(-1);
		expect(top).toMatchObject({ state: "open", draft: false });
		expect(top?.files.map(({ path }) => path)).toContain("MODEL_CARD.md");
		expect(story.stage.forge.violations).toEqual([]);
	}, 600_000);
});
