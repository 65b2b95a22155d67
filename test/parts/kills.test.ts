// The server is killed in the middle of phase 4 and of phase 8 and started again:
// what GitHub shows must be what an undisturbed run shows.
import { globSync } from "node:fs";
import { dirname } from "node:path";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import type { JournalEntry } from "../../src/local/scripted-model/server/journal.ts";
import { normalised } from "../support/normalise.ts";
import { type Story, tellStory } from "../support/story.ts";

const SLOW = { latencyMs: 150 };
let undisturbed: string;
let disturbed: string;
let journal: readonly JournalEntry[];
/** Conversation and turn, as the app's own ledger counts them. */
let repeatedInLedger: { conversation: string; turn: number }[];
let kills: { phase: number; inFlight: string[] }[];

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
	kills.push({
		phase,
		inFlight: ofPhase().map(({ agent }) => agent),
	});
	await story.stage.restart();
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

beforeAll(async () => {
	const calm = await tellStory(SLOW);
	await calm.toTheEnd();
	await calm.stage.forge.idle();
	undisturbed = await normalised(calm.stage.forge, calm.stage.repository);
	await calm.close();

	kills = [];
	const story = await tellStory(SLOW);
	await kill(story, 4, 5);
	await story.answerGate(6);
	await kill(story, 8, 2);
	await story.toTheEnd();
	await story.stage.forge.idle();
	disturbed = await normalised(story.stage.forge, story.stage.repository);
	repeatedInLedger = await repeatedTurns(story.stage.dataDir);
	journal = [...story.stage.model.journal];
	expect(story.stage.forge.violations).toEqual([]);
	await story.close();
}, 900_000);

describe("a server killed in phases 4 and 8 and started again", () => {
	it("leaves the same comments, branches, commits and checks", () => {
		expect(disturbed.split("\n---\n")).toEqual(undisturbed.split("\n---\n"));
	});

	it("asks the model again for at most one turn per agent under way", () => {
		const times = Map.groupBy(
			journal.filter(({ status }) => status === 200),
			({ agent, turn, digest }) => `${agent} turn ${turn} ${digest}`,
		);
		const repeated = [...times].filter(([, entries]) => entries.length > 1);
		const agents = repeated.map(([key]) => key.split(" turn ")[0] ?? "");
		expect(repeated.every(([, entries]) => entries.length === 2)).toBe(true);
		expect(new Set(agents).size).toBe(agents.length);
		for (const agent of agents)
			expect(kills.flatMap(({ inFlight }) => inFlight)).toContain(agent);
	});

	it("counts in its ledger every turn that was asked again", () => {
		const times = Map.groupBy(
			journal,
			({ agent, turn, digest }) => `${agent} ${turn} ${digest}`,
		);
		const asked = [...times.values()]
			.filter((entries) => entries.length > 1)
			.map(([entry]) => `${entry?.agent.split("/")[1]} ${entry?.turn}`);
		const counted = repeatedInLedger.map(
			({ conversation, turn }) => `${conversation.split("/").at(-1)} ${turn}`,
		);
		expect(asked.length).toBeGreaterThan(0);
		expect(counted.sort()).toEqual(asked.sort());
	});
});
