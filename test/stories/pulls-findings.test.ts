// The life of findings on one run that waits for a decision: dismissed, followed
// over pushes, resolved, settled by buttons.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckRun } from "../../src/local/forge/state.ts";
import {
	command,
	reactionsTo,
	resultOf,
	untilFindingsWait,
} from "../support/commands.ts";
import { type Story, tellStory, withoutTests } from "../support/story.ts";

const BOOSTING = "churn/boosting.py";

let story: Story;
/** The pull requests of phases 7 to 9, by number. */
let model: number;
let training: number;
let integration: number;

const stage = () => story.stage;
const repository = () => stage().forge.repository(stage().repository);
const branchOf = (pull: number) => repository().issues.get(pull)?.pull;
const gateChoices = () => resultOf(story, 10);

/** What GitHub shows of a focus on a pull request: the newest check of that name on its head. */
const checkOn = (pull: number, focus: string): CheckRun | undefined =>
	[...repository().checkRuns.values()].findLast(
		({ headSha, name }) =>
			headSha === branchOf(pull)?.headSha && name === `modelwright / ${focus}`,
	);
/** "F3 169" for each annotation. */
const shownOn = (pull: number, focus: string) =>
	checkOn(pull, focus)?.annotations.map(
		({ title, start_line }) => `${title?.split(" ")[0]} ${start_line}`,
	);

/** A commit of alice's on the branch of a pull request; gives when its checks stand. */
async function push(pull: number, edit: (text: string) => string) {
	const branch = branchOf(pull)?.head ?? "";
	const text = execFileSync(
		"git",
		["--git-dir", repository().directory, "show", `${branch}:${BOOSTING}`],
		{ encoding: "utf8" },
	);
	const files = { [BOOSTING]: edit(text) };
	await stage().forge.acts.push(stage().repository, "alice", files, branch);
	await story.until("the new head has its three checks", () =>
		["code quality", "ml practices", "performance"].every(
			(focus) => checkOn(pull, focus)?.status === "completed",
		),
	);
}

const press = (pull: number, focus: string, button: string, by: string) =>
	stage().forge.acts.pressCheckButton(
		stage().repository,
		checkOn(pull, focus)?.id ?? 0,
		by,
		`${button}:${pull}`,
	);

beforeAll(async () => {
	story = await tellStory({ project: withoutTests() });
	await untilFindingsWait(story);
	const pulls = await stage().forge.pulls(stage().repository);
	[model = 0, training = 0, integration = 0] = pulls.map(
		({ number }) => number,
	);
}, 180_000);

afterAll(async () => {
	await stage()?.forge.idle();
	expect(stage()?.forge.violations).toEqual([]);
	await story?.close();
});

/** Our review of a pull request, with its line comments. */
const reviewsOf = (pull: number) =>
	[...repository().reviews.values()]
		.filter(({ number }) => number === pull)
		.map(({ id, body }) => ({
			body,
			comments: [...repository().reviewComments.values()].filter(
				({ reviewId }) => reviewId === id,
			),
		}));

describe("findings", () => {
	it("whose lines lie in the diff are line comments of one review, with what may replace them", () => {
		for (const pull of [model, training])
			expect(reviewsOf(pull)).toMatchObject([{ comments: [{}, {}] }]);
		const [first] = reviewsOf(model)[0]?.comments ?? [];
		expect(first?.body).toMatch(/^```suggestion\n\s+return/m);
	});

	it("whose lines lie outside of it are annotations alone", () => {
		expect(shownOn(integration, "ml practices")).toEqual(["F1 25"]);
		expect(reviewsOf(integration)).toEqual([]);
	});
});

describe("a dismissed finding", () => {
	it("leaves the annotations, and check and comment name who and why", async () => {
		expect(shownOn(model, "code quality")).toEqual(["F3 169"]);
		const { id } = await stage().forge.acts.comment(
			stage().repository,
			model,
			"carol",
			"/dismiss F3 One constant is enough.",
		);
		await story.until("it is taken on the pull request, too", () =>
			reactionsTo(story, id).includes("rocket"),
		);
		const said = /F3.*dismissed by `carol`: One constant is enough\./;
		await story.until("the comment says so", () => said.test(gateChoices()));
		const check = checkOn(model, "code quality");
		expect(check).toMatchObject({ conclusion: "success", annotations: [] });
		expect(check?.output.summary).toMatch(said);
		expect((await command(story, "/fix F3")).reply).toContain("F1, F2, F4, F5");
	});

	it("stays so over two pushes, while another moves with its lines", async () => {
		expect(shownOn(model, "performance")).toEqual(["F2 65"]);
		await push(model, (text) => `# Reviewed.\n${text}`);
		expect(shownOn(model, "performance")).toEqual(["F2 66"]);
		await push(model, (text) => `# Reviewed.\n# Twice.\n${text}`);
		expect(shownOn(model, "performance")).toEqual(["F2 68"]);
		expect(shownOn(model, "code quality")).toEqual([]);
		expect(checkOn(model, "code quality")?.output.summary).toContain(
			"dismissed by `carol`",
		);
	});
});

describe("a suggestion that somebody commits", () => {
	it("resolves its finding, which is said once, and asked about no more", async () => {
		// As GitHub commits a suggestion for whoever presses its button.
		await push(model, (text) => {
			const comment = reviewsOf(model)[0]?.comments.find(({ body }) =>
				body.startsWith("**F2"),
			);
			const [, better = ""] =
				/```suggestion\n([\s\S]*?)\n```/.exec(comment?.body ?? "") ?? [];
			const lines = text.split("\n");
			const [from, to] = [comment?.startLine ?? 0, comment?.line ?? 0];
			// The three lines above came after the review.
			lines.splice(from + 2, to - from + 1, better);
			return lines.join("\n");
		});
		const summary = () => checkOn(model, "performance")?.output.summary;
		expect(shownOn(model, "performance")).toEqual([]);
		expect(summary()).toMatch(/F2.*resolved/);
		await story.until("the comment says so", () =>
			/F2\*\* is resolved/.test(gateChoices()),
		);
		expect((await command(story, "/fix F2")).reply).toContain("F1, F4, F5");
		await push(model, (text) => `${text}\n# The end.\n`);
		expect(summary()).not.toContain("F2");
	});
});

describe("the buttons under a check", () => {
	it("are not there for readers", async () => {
		await expect(press(training, "code quality", "fix", "bob")).rejects.toThrow(
			"Must have write rights",
		);
	});

	it("dismiss what the check shows, by whom is said", async () => {
		await press(training, "code quality", "dismiss", "carol");
		await story.until("the comment says so", () =>
			/F5.*dismissed by `carol`/.test(gateChoices()),
		);
		expect(shownOn(training, "code quality")).toEqual([]);
		expect(checkOn(training, "code quality")?.actions).toEqual([]);
	});

	it("fix what the check shows, and the run goes on", async () => {
		await press(integration, "ml practices", "fix", "alice");
		await story.until("it is fixed", () =>
			/\*\*Fixed:\*\* F1 in/.test(gateChoices()),
		);
	}, 90_000);

	it("answer with a word where nothing waits any more", async () => {
		await press(integration, "ml practices", "fix", "alice");
		await story.until("that is said", () =>
			story
				.comments()
				.some(({ body }) => body.includes("No findings wait for a decision")),
		);
	});
});
