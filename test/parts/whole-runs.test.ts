// Whole runs, which are dear, looked at from several sides. One is left alone. In
// the other the server is killed in the middle of phase 4 and of phase 8 and
// started again: what GitHub shows must be the same.
//
// The README's pictures are taken of the first one: kept with PICTURES=docs/images,
// and otherwise only looked at.
import { globSync } from "node:fs";
import { mkdir, mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JournalEntry } from "../../src/local/scripted-model/server/journal.ts";
import { missingBrowser, screenshot } from "../support/browser.ts";
import { leakOf } from "../support/leak.ts";
import { normalised } from "../support/normalise.ts";
import { type Story, tellStory } from "../support/story.ts";

if (missingBrowser) console.warn(`2 pictures are not taken: ${missingBrowser}`);

interface Finished {
	readonly story: Story;
	readonly shown: string;
}

let calm: Finished;
let disturbed: Disturbed;

beforeAll(async () => {
	const leftAlone = async () => finished(await tellStory({ seed: 42 }));
	[disturbed, calm] = await Promise.all([disturb(), leftAlone()]);
}, 1_800_000);
afterAll(() => calm?.story.close());

async function finished(story: Story): Promise<Finished> {
	expect(await story.toTheEnd()).toBe("delivered");
	const { forge, repository } = story.stage;
	await forge.idle();
	expect(forge.violations).toEqual([]);
	return { story, shown: await normalised(forge, repository) };
}

interface Disturbed {
	readonly shown: string;
	readonly journal: readonly JournalEntry[];
	/** Conversation and turn, as the app's own ledger counts them. */
	readonly repeated: { conversation: string; turn: number }[];
	/** The agents that had asked when the server was killed. */
	readonly asking: readonly string[];
}

async function disturb(): Promise<Disturbed> {
	const story = await tellStory({
		...{ seed: 42, latencyMs: 150, ownPostgres: true },
	});
	const inDesign = await kill(story, 4, 5);
	await story.answerGate(6);
	const inImplementation = await kill(story, 8, 2);
	const { shown } = await finished(story);
	const repeated = await repeatedTurns(story.stage.dataDir);
	const journal = [...story.stage.model.journal];
	await story.close();
	const asking = [...inDesign, ...inImplementation];
	return { shown, journal, repeated, asking };
}

async function kill(story: Story, phase: number, asked: number) {
	const { model } = story.stage;
	const ofPhase = () => model.journal.filter((entry) => entry.phase === phase);
	await story.until(
		`phase ${phase} is in the middle of its agents' work`,
		() => ofPhase().length >= asked,
	);
	const { child } = story.stage.app;
	const ended = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGKILL");
	await ended;
	// Requests under way at the kill end on the server's side a moment later.
	await new Promise((resolve) => setTimeout(resolve, 500));
	const asking = ofPhase().map(({ agent }) => agent);
	await story.stage.restart();
	return asking;
}

/** Asks the app's Postgres, which runs as long as the app does. */
async function repeatedTurns(dataDir: string) {
	const [socket = ""] = globSync(`${dataDir}/**/.s.PGSQL.5432`);
	const client = new pg.Client({
		host: dirname(socket),
		user: "modelwright",
		database: "modelwright",
	});
	await client.connect();
	const { rows } = await client.query(
		"select conversation, turn from repeated_turns order by 1, 2",
	);
	await client.end();
	return rows;
}

describe("a run that nothing disturbs", () => {
	it("takes at most sixty writes to GitHub, with four pull requests and a fix", () => {
		const { forge } = calm.story.stage;
		expect(forge.writes).toBeLessThanOrEqual(60);
	});

	it("has the planted leak's annotation at the planted leak", () => {
		const { leak } = calm.story.stage.sample.truth;
		const { path, line } = leakOf(calm.story);
		expect(path).toBe(leak.path);
		expect(line).toBeGreaterThanOrEqual(leak.startLine);
		expect(line).toBeLessThanOrEqual(leak.endLine);
	});
});

describe("a server killed in phases 4 and 8 and started again", () => {
	const answersAsked = (journal: readonly JournalEntry[]) =>
		Map.groupBy(
			journal,
			({ agent, turn, digest }) => `${agent} ${turn} ${digest}`,
		);

	it("leaves the same comments, branches, commits and checks", () => {
		expect(disturbed.shown.split("\n---\n")).toEqual(
			calm.shown.split("\n---\n"),
		);
	});

	it("asks the model again for at most one turn per agent under way", () => {
		const answered = disturbed.journal.filter(({ status }) => status === 200);
		const repeated = [...answersAsked(answered).values()].filter(
			(entries) => entries.length > 1,
		);
		expect(repeated.every((entries) => entries.length === 2)).toBe(true);
		const agents = repeated.map(([entry]) => entry?.agent ?? "");
		expect(new Set(agents).size).toBe(agents.length);
		for (const agent of agents) expect(disturbed.asking).toContain(agent);
	});

	it("counts in its ledger every turn that was asked again", () => {
		const asked = [...answersAsked(disturbed.journal).values()]
			.filter((entries) => entries.length > 1)
			.map(([entry]) => `${entry?.agent.split("/")[1]} ${entry?.turn}`);
		const counted = disturbed.repeated.map(
			({ conversation, turn }) => `${conversation.split("/").at(-1)} ${turn}`,
		);
		expect(asked.length).toBeGreaterThan(0);
		expect(counted.sort()).toEqual(asked.sort());
	});
});

describe.skipIf(missingBrowser)("a finished run, as a person sees it", () => {
	let folder: string;
	beforeAll(async () => {
		folder =
			process.env.PICTURES ?? (await mkdtemp(join(tmpdir(), "pictures-")));
		await mkdir(folder, { recursive: true });
	});

	it("has its checklist on the issue's page", async () => {
		const file = join(folder, "issue.png");
		const { stage, issue } = calm.story;
		await screenshot(
			`${stage.forge.base}/${stage.repository}/issues/${issue}`,
			file,
			{
				height: 1_400,
				before: async (page) => {
					const done = page.locator("input[type=checkbox]:checked");
					expect(await done.count()).toBeGreaterThanOrEqual(12);
				},
			},
		);
		expect((await stat(file)).size).toBeGreaterThan(50_000);
	}, 180_000);

	it("shows the planted leak's annotation in the code of a pull request", async () => {
		const file = join(folder, "pull-request.png");
		const { forge, repository } = calm.story.stage;
		const pulls = await forge.pulls(repository);
		const annotated = [...forge.repository(repository).checkRuns.values()].find(
			(run) => run.annotations.some(({ title }) => title?.includes("LEAK02")),
		);
		const pull = pulls.find(({ headSha }) => headSha === annotated?.headSha);
		await screenshot(`${forge.base}/${repository}/pull/${pull?.number}`, file, {
			height: 1_100,
			center: ".remark",
			before: async (page) => {
				expect(await page.getByText("LEAK02").count()).toBeGreaterThan(0);
			},
		});
		expect((await stat(file)).size).toBeGreaterThan(50_000);
	}, 180_000);
});
