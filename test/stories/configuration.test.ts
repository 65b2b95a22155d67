// What a repository and its organisation configure, seen on the issue; and how a
// repository comes to have a configuration at all.
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Story, tellOn, tellStory } from "../support/story.ts";

const CONFIG = ".github/modelwright.yml";
const FAULTY = "label: ml-task\nbudget: cheap\ngates:\n  risk: ask\n";
const PREVIEW = "quiet: true\npreview: true\ngates: { pipeline: auto }\n";
const SHARED = "budget: 7\nquiet: false\n";

let story: Story;

beforeAll(async () => {
	story = await tellStory({ files: { [CONFIG]: FAULTY } });
	const { forge } = story.stage;
	forge.addUser("alice", { token: "alice" });
	await forge.addRepository("acme", ".github", { [CONFIG]: SHARED });
}, 180_000);
afterAll(async () => {
	const { violations } = story.stage.forge;
	await story.close();
	expect(violations).toEqual([]);
});

const said = (issue = story.issue) =>
	[...story.stage.forge.repository(story.stage.repository).comments.values()]
		.filter((comment) => comment.number === issue && comment.viaApp)
		.map(({ body }) => body);

async function putFile(repo: string, path: string, content: string) {
	const { api } = story.stage.forge;
	const { repos } = new Octokit({ auth: "alice", baseUrl: api }).rest;
	const at = { owner: "acme", repo, path };
	const { data } = await repos.getContent(at);
	await repos.createOrUpdateFileContents({
		...at,
		message: `Change ${path}`,
		content: Buffer.from(content).toString("base64"),
		...("sha" in data ? { sha: data.sha } : {}),
	});
}

describe("a configuration with faults", { timeout: 180_000 }, () => {
	it("is answered with line, key and remedy, and starts nothing", async () => {
		await story.until("the faults are told", () => said().length > 0);
		const [answer = "", ...others] = said();
		expect(others).toEqual([]);
		expect(answer).toContain(
			'line 2, `budget`: expected a number above 0 and at most 10000, or a map with `run`, `phase`, `agent`, got "cheap"',
		);
		expect(answer).toContain(
			"line 4, `gates.risk`: unknown key; did you mean `risks`?",
		);
		expect(answer).toMatch(/take the label off and put it on again/);
		expect(story.standing()).toBeUndefined();
		expect(story.stage.model.journal).toHaveLength(0);
	});

	it("once corrected, the label put on again starts the run", async () => {
		const { forge, repository, sample } = story.stage;
		await putFile(sample.name, CONFIG, PREVIEW);
		await forge.acts.unlabel(repository, story.issue, "alice", "ml-task");
		await forge.acts.label(repository, story.issue, "alice", "ml-task");
		await story.until("a run begins", () => story.standing() !== undefined);
	});
});

describe("a quiet preview", { timeout: 180_000 }, () => {
	beforeAll(async () => {
		await story.until(
			"the preview is delivered",
			() => story.standing()?.state === "delivered",
		);
	}, 180_000);

	const phases = () => story.comments().filter(({ kind }) => kind === "phase");

	it("inherits from the organisation what it does not say itself", () => {
		expect(story.standing()?.tally).toContain("of $7");
	});

	it("tells all six phases in one comment, what went before folded", () => {
		const [told, ...others] = phases();
		expect(others).toEqual([]);
		expect(told?.data.phase).toBe(6);
		const folded = told?.body.split("<summary>Since then</summary>")[1] ?? "";
		for (const phase of [1, 2, 3, 4, 5])
			expect(folded).toContain(`**Phase ${phase} of 12: `);
	});

	it("asks nothing, writes nothing, and says that it is a preview", async () => {
		const { forge, repository } = story.stage;
		expect(await forge.pulls(repository)).toEqual([]);
		const [status = ""] = story
			.comments()
			.filter(({ kind }) => kind === "status")
			.map(({ body }) => body);
		expect(status).toContain("a preview: it ends with phase 6");
		expect(status).not.toContain("/approve");
		expect(status).not.toMatch(/review and merge/);
		expect(phases()[0]?.body).toContain("**This is a preview:**");
		expect(phases()[0]?.body).not.toContain("/approve");
	});
});

it("whoever puts on a repository's own label hears of its faults too", async () => {
	const { forge, repository, sample } = story.stage;
	await putFile(sample.name, CONFIG, "label: train-it\nbudget: [\n");
	const { number } = await forge.acts.openIssue(repository, "alice", {
		title: "Churn",
	});
	await forge.acts.label(repository, number, "alice", "train-it");
	await story.until("the fault is told", () => said(number).length > 0);
	expect(said(number)[0]).toMatch(/line \d: this is not YAML/);
});

describe("a repository that the App is installed on", {
	timeout: 60_000,
}, () => {
	const FRESH = "acme/fresh";

	it("is offered configuration, issue form and capsule example, once", async () => {
		const { forge } = story.stage;
		await forge.addRepository("acme", "fresh", story.stage.sample.files);
		forge.setPermission(FRESH, "alice", "admin");
		forge.announceInstallation();
		const pulls = () => forge.repository(FRESH).issues.size;
		await story.until("the offer is there", () => pulls() > 0);
		forge.announceInstallation();
		await forge.idle();
		const [pull, ...others] = await forge.pulls(FRESH);
		expect(others).toEqual([]);
		expect(pull).toMatchObject({ draft: false, base: "main" });
		expect(pull?.files.map(({ path }) => path).sort()).toEqual([
			".github/ISSUE_TEMPLATE/ml-task.yml",
			CONFIG,
			".phase0/capsules/example/capsule.yaml",
		]);
		for (const name of [story.stage.repository, "acme/.github"])
			expect(await forge.pulls(name)).toEqual([]);
	});

	it("works with what it merged", async () => {
		const { forge } = story.stage;
		const [pull] = await forge.pulls(FRESH);
		await forge.acts.mergePull(FRESH, pull?.number ?? 0, "alice");
		const stage = { ...story.stage, repository: FRESH };
		const run = await tellOn(stage, {});
		await run.until("a run begins", () => run.standing() !== undefined);
		expect(run.standing()?.tally).toContain("of $7");
		await run.say("alice", "/cancel");
		await run.until(
			"it is cancelled",
			() => run.standing()?.state === "cancelled",
		);
	});
});
