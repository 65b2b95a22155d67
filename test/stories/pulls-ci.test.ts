// The repository's own CI fails on pull requests of a run: the writer repairs
// what it can, says what it did, and knows when to leave it to people.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untilFindingsWait } from "../support/commands.ts";
import { type Story, tellStory, withoutTests } from "../support/story.ts";

interface Pull {
	readonly number: number;
	readonly branch: string;
}

let story: Story;
let [training, integration]: Pull[] = [];

const place = () => story.stage.forge.repository(story.stage.repository);
const git = (...args: string[]) =>
	execFileSync("git", ["--git-dir", place().directory, ...args], {
		encoding: "utf8",
	}).trim();
const headOf = (pull?: Pull) => git("rev-parse", pull?.branch ?? "");
const said = (pull?: Pull) =>
	[...place().comments.values()].flatMap((one) =>
		one.number === pull?.number && one.user.type === "Bot" ? [one.body] : [],
	);

/** What the target's workflow reports of a pull request's head; `printed`: by its job. */
const report = (
	pull: Pull | undefined,
	name: string,
	conclusion: "success" | "failure",
	printed?: string,
) =>
	story.stage.forge.acts.reportCi(story.stage.repository, "alice", {
		...{ name, conclusion, head_sha: headOf(pull) },
		...(printed ? { log: logOf(printed) } : {}),
		output: {
			title: conclusion === "success" ? "All well" : "Something is wrong",
			summary: "",
		},
	});

const logOf = (printed: string) =>
	[
		...["##[group]Run pytest", "pytest", "##[endgroup]"],
		...["collected 12 items", "E       AssertionError:", `E       ${printed}`],
		"##[error]Process completed with exit code 1.",
	]
		.map((line) => `2026-01-02T03:04:05.1234567Z ${line}\n`)
		.join("");

/** What CI elsewhere says of it, the older way. */
const say = (
	pull: Pull | undefined,
	state: "success" | "failure",
	description: string,
) =>
	story.stage.forge.acts.setStatus(
		...([story.stage.repository, "alice", headOf(pull)] as const),
		{ context: "ci/circleci: build", state, description },
	);

const quiet = () => story.stage.forge.idle();

beforeAll(async () => {
	story = await tellStory({ project: withoutTests() });
	await untilFindingsWait(story);
	const pulls = await story.stage.forge.pulls(story.stage.repository);
	[training, integration] = [8, 9].map((phase) => {
		const found = pulls.find(({ head }) => head.includes(`/${phase}-`));
		return { number: found?.number ?? 0, branch: found?.head ?? "" };
	});
}, 400_000);

afterAll(async () => {
	await story?.stage.forge.idle();
	expect(story?.stage.forge.violations).toEqual([]);
	await story?.close();
});

describe("CI that fails on a pull request's head", () => {
	it("is repaired in one commit, and one comment says what failed and what was done", async () => {
		const head = headOf(training);
		const before = said(training).length;
		await report(training, "lint", "success");
		await report(
			training,
			"tests",
			"failure",
			"`what the design asks for` should read `what was approved` in churn/config.py",
		);
		await story.until("it is answered", () => said(training).length > before);
		const repaired = headOf(training);
		expect(git("rev-parse", `${repaired}~1`)).toBe(head);
		expect(git("log", "-1", "--format=%b", repaired)).toContain(
			`CI failed on no. ${training?.number}`,
		);
		expect(git("show", `${repaired}:churn/config.py`)).toContain(
			"what was approved",
		);
		const [answer] = said(training).slice(before);
		expect(answer).toContain(`**CI failed** on ${head}: \`tests\``);
		expect(answer).toContain("CI: 1 passed, 1 failed");
		expect(answer).toContain(`**Done** in ${repaired}`);
	}, 120_000);

	it("counts once, and where it passes then nothing further is done", async () => {
		const [head, before] = [headOf(training), said(training).length];
		const { forge } = story.stage;
		await report(training, "lint", "success");
		await report(training, "tests", "success");
		const failed = forge.deliveries.find(
			({ event, body }) =>
				event === "check_run" &&
				body.includes('"github-actions"') &&
				body.includes('"conclusion":"failure"'),
		);
		forge.redeliver(failed?.guid ?? "");
		await quiet();
		expect(said(training)).toHaveLength(before);
		expect(headOf(training)).toBe(head);
	});

	it("is answered without a commit where the fault is not in this work", async () => {
		// It took over what was repaired below it.
		const repaired = headOf(training);
		await story.until(
			"it has followed",
			() => git("merge-base", repaired, headOf(integration)) === repaired,
		);
		const [head, before] = [headOf(integration), said(integration).length];
		await report(integration, "tests", "failure", "The network was lost.");
		await story.until(
			"it is answered",
			() => said(integration).length > before,
		);
		const [answer] = said(integration).slice(before);
		expect(answer).toContain("**Not changed.**");
		expect(answer).toContain("CI: 1 failed");
		expect(headOf(integration)).toBe(head);
	}, 120_000);

	it("by a commit status is repaired, too, and a third time in a row is left to people, with a word", async () => {
		const [first, before] = [headOf(training), said(training).length];
		await say(
			training,
			"failure",
			"`Everything about` should read `All about` in churn/config.py",
		);
		await story.until(
			"it is repaired again",
			() => said(training).length > before,
		);
		expect(said(training).at(-1)).toContain(
			`**CI failed** on ${first}: \`ci/circleci: build\` (\`failure\`). CI: 2 passed, 1 failed.`,
		);
		const second = headOf(training);
		expect(git("rev-parse", `${second}~1`)).toBe(first);
		await report(
			training,
			"tests",
			"failure",
			"`All about` should read `Much about` in churn/config.py",
		);
		await story.until(
			"it is left to people",
			() => said(training).length > before + 1,
		);
		expect(said(training).at(-1)).toContain(
			"`github-actions`: CI fails here again, after 2 repairs",
		);
		expect(headOf(training)).toBe(second);
	}, 120_000);

	it("leaves the run where it was", () => {
		expect(story.standing()).toMatchObject({ state: "waiting", phase: 10 });
	});
});
