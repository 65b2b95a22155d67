// People merge while a run waits, push to what they will merge later, and merge
// the rest once it is delivered: each pull request keeps showing its own change.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { untilFindingsWait } from "../support/commands.ts";
import { type Story, tellStory, withoutTests } from "../support/story.ts";

vi.setConfig({ testTimeout: 300_000 });

let story: Story;

const place = () => story.stage.repository;
const repository = () => story.stage.forge.repository(place());
const git = (...args: string[]) =>
	execFileSync("git", ["--git-dir", repository().directory, ...args], {
		encoding: "utf8",
	}).trim();

async function pull(phase: number) {
	const all = await story.stage.forge.pulls(place());
	const found = all.find(({ head }) =>
		head.startsWith(`modelwright/${story.issue}/${phase}-`),
	);
	if (!found) throw new Error(`phase ${phase} opened no pull request`);
	return found;
}

/** What a pull request changes, without places and names of contents. */
async function diff(phase: number) {
	const { base, head } = await pull(phase);
	return git("diff", `${base}...${head}`)
		.split("\n")
		.filter((line) => /^(diff|[-+](?!\+\+|--))/.test(line))
		.join("\n");
}

async function merge(phase: number, method: "merge" | "squash" | "rebase") {
	const { forge } = story.stage;
	const { number, draft } = await pull(phase);
	if (draft) await forge.acts.readyForReview(place(), number, "alice");
	await forge.acts.mergePull(place(), number, "alice", method);
}

const holds = (branch: string) => {
	try {
		git("merge-base", "--is-ancestor", "main", branch);
		return true;
	} catch {
		return false;
	}
};

/** The pull request is on the default branch and holds what it holds. */
async function follows(phase: number, ...above: number[]) {
	const heads = await Promise.all([phase, ...above].map(pull));
	await story.until(`the branches of ${[phase, ...above]} hold main`, () =>
		heads.every(({ head }) => holds(head)),
	);
	expect(await pull(phase)).toMatchObject({ base: "main", state: "open" });
}

const waitsAt = (phase: number) => {
	const now = story.standing();
	return now?.state === "waiting" && now.phase === phase;
};

const wanted: Record<number, string> = {};

beforeAll(async () => {
	story = await tellStory({ project: withoutTests() });
	await untilFindingsWait(story);
	for (const phase of [7, 8, 9]) wanted[phase] = await diff(phase);
}, 300_000);
afterAll(() => story?.close());

describe("merged while the run waits", () => {
	it("the lowest one takes those above along, each with its own change", async () => {
		await merge(7, "squash");
		await follows(8, 9);
		expect(await diff(8)).toBe(wanted[8]);
		expect(await diff(9)).toBe(wanted[9]);
		const { body } = repository().issues.get((await pull(8)).number) ?? {};
		expect(body).toContain("based on `main`");
	});

	it("one that somebody closes is asked about before anything is judged", async () => {
		const { number } = await pull(9);
		await story.stage.forge.acts.editIssue(place(), number, "alice", {
			state: "closed",
		});
		await story.say("alice", "/fix all");
		const question = `#${number} was closed without a merge: reopen it`;
		await story.until(
			"that is asked",
			() =>
				waitsAt(10) &&
				story.comments().some(({ body }) => body.includes(question)),
		);
		await story.stage.forge.acts.editIssue(place(), number, "alice", {
			state: "open",
		});
	});

	it("the run goes on from there, with fixes and the model card on top", async () => {
		await story.until("it is delivered", () => {
			if (waitsAt(11)) void story.say("alice", story.asked() ?? "");
			return story.standing()?.state === "delivered";
		});
		const fixes = await pull(10);
		expect(fixes).toMatchObject({ state: "open", draft: false });
		expect(fixes.base).toBe((await pull(9)).head);
		expect(fixes.files.map(({ path }) => path)).toContain("MODEL_CARD.md");
		expect(holds(fixes.head)).toBe(true);
		wanted[10] = await diff(10);
		for (const phase of [8, 9]) expect(await diff(phase)).toBe(wanted[phase]);
	});
});

describe("pushed to after it was evaluated", () => {
	const verdictAt = (sha: string) =>
		[...repository().checkRuns.values()].find(
			({ name, headSha }) =>
				name === "modelwright / evaluation" && headSha === sha,
		);
	async function push(files: Record<string, string>) {
		const { head } = await pull(10);
		const { forge } = story.stage;
		const sha = await forge.acts.push(place(), "alice", files, head);
		await story.until(
			"the verdict stands on the new head",
			() => verdictAt(sha)?.status === "completed",
		);
		return verdictAt(sha);
	}

	it("the verdict holds while only texts for people change", async () => {
		const before = verdictAt((await pull(10)).headSha);
		const after = await push({ "docs/notes.md": "For people.\n" });
		expect(after?.conclusion).toBe(before?.conclusion);
		expect(after?.output.title).toBe(before?.output.title);
	});

	it("it is neutral on a head whose code nobody judged", async () => {
		const { conclusion, output } =
			(await push({ "src/mine.py": "mine = 1\n" })) ?? {};
		expect(conclusion).toBe("neutral");
		expect(output?.title).toMatch(
			/^evaluated at [0-9a-f]{7}, not at this head$/,
		);
		expect(output?.summary).toContain("`src/mine.py`");
		wanted[10] = await diff(10);
	});
});

describe("reviewed after it is delivered", () => {
	it("is still answered, in one commit that those above take over", async () => {
		const { number, head, headSha } = await pull(8);
		const lines = git("show", `${head}:churn/config.py`).split("\n");
		await story.stage.forge.acts.reviewPull(place(), number, "carol", {
			event: "REQUEST_CHANGES",
			body: "One word.",
			comments: [
				{
					path: "churn/config.py",
					line: lines.findIndex((one) => one.includes("Defaults are")) + 1,
					body: "`what the design asks for` should read `what was approved`",
				},
			],
		});
		const above = [await pull(9), await pull(10)];
		const answered = () => git("rev-parse", head);
		await story.until("the commit is in all of them", () =>
			above.every(
				(one) =>
					answered() !== headSha &&
					git("rev-list", one.head).includes(answered()),
			),
		);
		expect(git("rev-parse", `${head}~1`)).toBe(headSha);
		expect(git("diff", "--stat", headSha, head)).toContain(
			"1 file changed, 1 insertion(+), 1 deletion(-)",
		);
		expect(story.standing()?.state).toBe("delivered");
		for (const phase of [9, 10]) expect(await diff(phase)).toBe(wanted[phase]);
		wanted[8] = await diff(8);
	});
});

describe("merged after it is delivered", () => {
	it("the rest comes to the default branch whole, and the task is done", async () => {
		await merge(8, "merge");
		await follows(9, 10);
		for (const phase of [9, 10]) expect(await diff(phase)).toBe(wanted[phase]);
		await merge(9, "squash");
		await follows(10);
		expect(await diff(10)).toBe(wanted[10]);
		const top = (await pull(10)).headSha;
		await merge(10, "squash");
		await story.until(
			"the run is closed",
			() => story.standing()?.state === "closed",
		);
		expect(git("diff", top, "main")).toBe("");
		expect(repository().issues.get(story.issue)?.state).toBe("closed");
	});

	it("the summary says where each one ended up", async () => {
		const summary = () =>
			story
				.comments()
				.filter(({ kind, data }) => kind === "phase" && data.phase === 12);
		await story.until(
			"the summary tells of the merges",
			() => summary()[0]?.body.includes("Merged into `main`:") === true,
		);
		expect(summary()).toHaveLength(1);
		for (const phase of [7, 8, 9, 10]) {
			const { number } = await pull(phase);
			const merged = repository().issues.get(number)?.pull?.mergeCommitSha;
			expect(summary()[0]?.body).toContain(`/commit/${merged})`);
		}
		expect(story.stage.forge.violations).toEqual([]);
	});
});
