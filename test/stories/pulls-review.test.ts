// People review a pull request of a run: all remarks of one review become one
// commit, each thread is answered, and the review is asked for again.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untilFindingsWait } from "../support/commands.ts";
import { type Story, tellStory, withoutTests } from "../support/story.ts";

let story: Story;
/** Phase 8's pull request. */
let number: number;
let branch: string;

const place = () => story.stage.forge.repository(story.stage.repository);
const acts = () => story.stage.forge.acts;

const git = (...args: string[]) =>
	execFileSync("git", ["--git-dir", place().directory, ...args], {
		encoding: "utf8",
	}).trim();
const commits = () => Number(git("rev-list", "--count", branch));

const lineOf = (path: string, words: string) => {
	const lines = git("show", `${branch}:${path}`).split("\n");
	return lines.findIndex((line) => line.includes(words)) + 1;
};
const remark = (path: string, words: string, body: string) => ({
	...{ path, line: lineOf(path, words), body },
});

/** Our answers in threads of the pull request, oldest first. */
const answers = () =>
	[...place().reviewComments.values()].filter(
		({ number: at, user, inReplyTo }) =>
			at === number && user.type === "Bot" && inReplyTo !== null,
	);
const answerTo = (words: string) => {
	const asked = [...place().reviewComments.values()].find(({ body }) =>
		body.includes(words),
	);
	return answers().find(({ inReplyTo }) => inReplyTo === asked?.id)?.body ?? "";
};
const said = () =>
	[...place().comments.values()].filter(
		(one) => one.number === number && one.user.type === "Bot",
	);
const requested = () =>
	place()
		.issues.get(number)
		?.pull?.reviewers.map(({ login }) => login);

beforeAll(async () => {
	story = await tellStory({ project: withoutTests() });
	await untilFindingsWait(story);
	const pulls = await story.stage.forge.pulls(story.stage.repository);
	const training = pulls.find(({ head }) => head.includes("/8-"));
	number = training?.number ?? 0;
	branch = training?.head ?? "";
}, 400_000);

afterAll(async () => {
	await story?.stage.forge.idle();
	expect(story?.stage.forge.violations).toEqual([]);
	await story?.close();
});

describe("a review by somebody with write permission", () => {
	const QUESTION = "Why does it wait that long?";

	it("becomes one commit that holds all that was asked for", async () => {
		const before = commits();
		const head = git("rev-parse", branch);
		await acts().reviewPull(story.stage.repository, number, "carol", {
			event: "REQUEST_CHANGES",
			body: "Nearly there.",
			comments: [
				remark(
					"churn/config.py",
					"Defaults are",
					"`what the design asks for` should read `what was approved`",
				),
				remark(
					"churn/checkpoint.py",
					"this code can use",
					"`this code can use` should read `this version can use`",
				),
				remark(
					"churn/config.py",
					"Below this many",
					"`leaves may be small` should read `leaves may hold one row`",
				),
				remark("churn/config.py", "patience: int", QUESTION),
				remark(
					"churn/training.py",
					"def train(",
					"Please train a neural network instead of trees.",
				),
			],
		});
		await story.until("all is answered", () => answers().length === 5);
		await story.until("the review is asked for again", () =>
			Boolean(requested()?.includes("carol")),
		);
		expect(commits()).toBe(before + 1);
		expect(git("rev-parse", `${branch}~1`)).toBe(head);
		expect(git("diff", "--stat", `${branch}~1`, branch)).toContain(
			"2 files changed, 3 insertions(+), 3 deletions(-)",
		);
		expect(git("log", "-1", "--format=%s%n%b", branch)).toMatch(
			/^fix: Take up the review\n[\s\S]*Asked for by carol/,
		);
	}, 120_000);

	it("flows up into what rests on it, whose own change stays alone", async () => {
		const above = async () => {
			const pulls = await story.stage.forge.pulls(story.stage.repository);
			const found = pulls.find(({ head }) => head.includes("/9-"));
			const files = found?.files.map(({ path }) => path);
			return { branch: found?.head ?? "", files };
		};
		const before = await above();
		const head = git("rev-parse", branch);
		await story.until("the one above holds the commit", () =>
			git("rev-list", before.branch).includes(head),
		);
		expect((await above()).files).toEqual(before.files);
	}, 60_000);

	it("is answered thread by thread with what was done, and where", () => {
		const head = git("rev-parse", branch);
		const done = answerTo("what was approved");
		expect(done).toContain(`**Done** in ${head}`);
		expect(done).toContain(`/blob/${head}/churn/config.py#L`);
		expect(answerTo("this version can use")).toContain("**Done**");
		expect(answerTo("one row")).toContain("**Done**");
		const body = place().issues.get(number)?.body ?? "";
		expect(body).toContain("A reviewer asked for clearer words.");
		expect(body).toContain("part 2");
	});

	it("has its question answered without a change", () => {
		const answer = answerTo(QUESTION);
		expect(answer).toContain("early stopping");
		expect(answer).not.toContain("Done");
	});

	it("cannot undo what was approved: the answer says which words and where to decide", () => {
		const answer = answerTo("neural network");
		expect(answer).toContain("it contradicts the approved design");
		expect(answer).toContain("Gradient-boosted trees");
		expect(answer).toContain("`/retry 4`");
	});

	it("counts once, however often it is delivered", async () => {
		const { forge } = story.stage;
		const told = forge.deliveries.find(
			({ event }) => event === "pull_request_review",
		);
		forge.redeliver(told?.guid ?? "");
		await forge.idle();
	});
});

describe("a review by somebody who may only read", () => {
	it("is not obeyed", async () => {
		await acts().reviewPull(story.stage.repository, number, "bob", {
			event: "COMMENT",
			comments: [
				remark(
					"churn/config.py",
					"patience: int",
					"`int = 15` should read `int = 99`",
				),
			],
		});
		await acts().comment(
			story.stage.repository,
			number,
			"bob",
			"/revise `int = 15` should read `int = 99` in churn/config.py",
		);
		await story.until("bob is told what he lacks", () =>
			said().some(({ body }) =>
				body.includes("`bob` has read access; /revise needs write"),
			),
		);
	});
});

describe("`/revise` on the pull request", () => {
	it("is taken up once, on top of what people pushed, though the server dies over it", async () => {
		const { repository, forge } = story.stage;
		const before = commits();
		await acts().push(repository, "carol", { "notes.md": "Mine.\n" }, branch);
		const { id } = await acts().comment(
			repository,
			number,
			"carol",
			"/revise `Everything about` should read `All about` in churn/config.py",
		);
		const { child } = story.stage.app;
		await story.until("the commit is there", () => commits() === before + 2);
		child.kill("SIGKILL");
		await once(child, "exit");
		await story.stage.restart();
		await story.until("it is answered", () =>
			said().some(({ body }) => body.includes("**Done** in")),
		);
		await story.until("it is acknowledged", () =>
			Boolean(
				place()
					.comments.get(id)
					?.reactions.some(({ content }) => content === "rocket"),
			),
		);
		expect(commits()).toBe(before + 2);
		expect(
			said().filter(({ body }) => body.includes("**Done** in")),
		).toHaveLength(1);
		expect(git("show", `${branch}:notes.md`)).toBe("Mine.");
		const config = git("show", `${branch}:churn/config.py`);
		expect(config).toContain("All about a training run");
		// Neither the redelivered review nor the reader's changed anything.
		expect(config).toContain("patience: int = 15");
		expect(answers()).toHaveLength(5);
		expect(forge.violations).toEqual([]);
	}, 120_000);

	it("leaves the run where it was", () => {
		expect(story.standing()).toMatchObject({ state: "waiting", phase: 10 });
	});
});
