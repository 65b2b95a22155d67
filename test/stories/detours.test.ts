// What people do on the way: choose anew, revise, go back, pause, close, begin
// again. Several issues on one stage; none of them goes beyond the design.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	command,
	reactionsTo,
	resultOf,
	untilAsked,
} from "../support/commands.ts";
import { type Story, tellOn, tellStory } from "../support/story.ts";

let chosen: Story;
let revised: Story;
let paused: Story;
let closed: Story;

const state = (story: Story) => story.standing()?.state;
const attempts = (story: Story, phase: number) =>
	story
		.comments()
		.filter(({ kind, data }) => kind === "phase" && data.phase === phase)
		.map(({ data }) => data.attempt);
const statuses = (story: Story) =>
	story.comments().filter(({ kind }) => kind === "status");
const gateShown = (story: Story, wanted: string) =>
	story.until(`the run is ${wanted}`, () => state(story) === wanted);

beforeAll(async () => {
	chosen = await tellStory({ latencyMs: 20 });
	const more = () => tellOn(chosen.stage);
	[revised, paused, closed] = await Promise.all([more(), more(), more()]);
}, 180_000);

afterAll(async () => {
	await chosen?.stage.forge.idle();
	expect(chosen?.stage.forge.violations).toEqual([]);
	await chosen?.close();
});

describe("a run at work", () => {
	it("ends when its issue is closed, and begins anew with the label", async () => {
		const { forge, repository } = closed.stage;
		await closed.until("it works", () => state(closed) === "working");
		const close = (open: boolean) =>
			forge.acts.editIssue(repository, closed.issue, "alice", {
				state: open ? "open" : "closed",
			});
		await close(false);
		await gateShown(closed, "cancelled");
		const told = closed.comments().length;
		expect((await command(closed, "/retry")).reply).toContain("has ended");
		await close(true);
		await forge.acts.unlabel(repository, closed.issue, "alice", "ml-task");
		await forge.acts.label(repository, closed.issue, "alice", "ml-task");
		await closed.until(
			"a second run shows itself",
			() => statuses(closed).length === 2,
		);
		expect(statuses(closed)[1]?.data.run).toMatch(/\/2$/);
		expect((await command(closed, "/cancel")).taken).toBe(true);
		expect(closed.comments().length).toBeGreaterThan(told);
	});

	it("stops at the next safe point after /pause, and goes on after /resume", async () => {
		expect((await command(paused, "/pause")).taken).toBe(true);
		await gateShown(paused, "paused");
		expect((await command(paused, "/approve 3fa9c1d2")).reply).toContain(
			"`/resume` it first",
		);
		expect((await command(paused, "/resume")).taken).toBe(true);
		await untilAsked(paused);
	});
});

describe("another choice before the approval", () => {
	it("redoes phases 5 and 6 alone; the digest shown before counts no more", async () => {
		const before = await untilAsked(chosen);
		const unknown = await command(chosen, "/choose largest");
		expect(unknown.reply).toContain("`pragmatic`");
		expect((await command(chosen, "/choose baseline")).taken).toBe(true);
		const now = await untilAsked(chosen, before);
		expect([4, 5, 6].map((phase) => attempts(chosen, phase))).toEqual([
			[1],
			[1, 2],
			[1, 2],
		]);
		expect(resultOf(chosen, 6)).toContain("Logistic regression");
		const stale = await command(chosen, before);
		expect(stale.taken).toBe(false);
		expect(stale.reply).toContain(now);
	});

	it("is ended by closing the issue while it waits", async () => {
		const { forge, repository } = chosen.stage;
		await forge.acts.editIssue(repository, chosen.issue, "alice", {
			state: "closed",
		});
		await gateShown(chosen, "cancelled");
		expect((await command(chosen, chosen.asked() ?? "")).taken).toBe(false);
	});
});

/** What was redone may come out the same, with the same digest. */
const askedAgain = (story: Story, attempt: number) =>
	story.until(`phase 6 asks in attempt ${attempt}`, () => {
		const now = story.standing();
		return now?.state === "waiting" && now.attempt === attempt;
	});

describe("a revision at the design's gate", () => {
	it("redoes the phases its remark touches, and says which and why", async () => {
		await untilAsked(revised);
		const { taken, reply } = await command(
			revised,
			"/revise report recall as well",
		);
		expect(taken).toBe(true);
		expect(reply).toContain("Phase 6 (Evaluation Strategy) is redone");
		expect(reply).toContain("**recall**");
		await askedAgain(revised, 2);
		expect([5, 6].map((phase) => attempts(revised, phase))).toEqual([
			[1],
			[1, 2],
		]);
	});

	it("redoes from the phase it names", async () => {
		const { reply } = await command(revised, "/revise 5 keep every checkpoint");
		expect(reply).toContain("Phases 5 to 6 are redone: as you named it");
		await askedAgain(revised, 3);
		expect([4, 5, 6].map((phase) => attempts(revised, phase))).toEqual([
			[1],
			[1, 2],
			[1, 2, 3],
		]);
	});

	it("is not the only way back: /retry 4 designs anew", async () => {
		expect((await command(revised, "/retry 4")).taken).toBe(true);
		await askedAgain(revised, 4);
		expect(attempts(revised, 4)).toEqual([1, 2]);
	});

	it("an edit that arrives while phase 6 works is shown with the design, and binds it", async () => {
		const { forge, repository, sample } = revised.stage;
		const before = revised.asked() ?? "";
		expect((await command(revised, "/retry 6")).taken).toBe(true);
		await revised.until("phase 6 works", () => state(revised) === "working");
		await forge.acts.editIssue(repository, revised.issue, "alice", {
			body: `${sample.issue.body}\n\nScore on Mondays.`,
		});
		await untilAsked(revised, before);
		expect(resultOf(revised, 6)).toContain("+ Score on Mondays.");
		expect((await command(revised, before)).taken).toBe(false);
		expect((await command(revised, "/cancel")).taken).toBe(true);
		await gateShown(revised, "cancelled");
		expect((await command(revised, "/cancel")).reply).toContain("ended");
	});
});

describe("around a run that waits", () => {
	const acts = () => paused.stage.forge.acts;
	const at = () => [paused.stage.repository, paused.issue, "alice"] as const;

	it("the label taken off pauses, with the reason shown; put back it resumes", async () => {
		await acts().unlabel(...at(), "ml-task");
		await gateShown(paused, "paused");
		expect(statuses(paused)[0]?.body).toContain(
			"putting the label `ml-task` on again",
		);
		await acts().label(...at(), "ml-task");
		await gateShown(paused, "waiting");
	});

	it("so does a lock until it is taken off", async () => {
		await acts().lock(...at());
		await gateShown(paused, "paused");
		expect(statuses(paused)[0]?.body).toContain("unlocking the issue");
		await acts().unlock(...at());
		await gateShown(paused, "waiting");
	});

	it("the label put on once more is answered in a word, and starts nothing", async () => {
		// Told within the second of the label before it, it would be the same event.
		await paused.say("bob", "I put the label on again.");
		paused.stage.forge.faults.deliver("issues", "drop");
		await acts().unlabel(...at(), "ml-task");
		await acts().label(...at(), "ml-task");
		await paused.until("that is said", () =>
			[...paused.stage.forge.repository(at()[0]).comments.values()].some(
				({ number, body }) =>
					number === paused.issue && body.includes("A run is at work on this"),
			),
		);
		expect(statuses(paused)).toHaveLength(1);
		expect(state(paused)).toBe("waiting");
	});

	it.each([
		["/resume", "not paused"],
		["/fix all", "No findings wait"],
		["/retry", "Nothing has failed"],
		["/retry 9", "from 1 to 6"],
		["/budget lots", "in US dollars"],
		["/risk R99 accept", "Name one of the risks"],
		["/revise", "Say what to change"],
		["/revise 11 more", "from 1 to 6"],
	])("%s is refused with the reason", async (body, reason) => {
		const { taken, reply } = await command(paused, body);
		expect(taken).toBe(false);
		expect(reply).toContain(reason);
		expect(
			reply.split("\n").filter((line) => line.startsWith("`alice`")),
		).toHaveLength(1);
	});

	it("a reader is told what he lacks, and 👀 comes before 😕", async () => {
		const { reply } = await command(paused, "/cancel", "bob");
		expect(reply).toContain("`bob` has read access; /cancel needs write");
		const { id } = await paused.say("bob", "/help");
		await paused.until("it is refused", () =>
			reactionsTo(paused, id).includes("confused"),
		);
		expect(reactionsTo(paused, id)).toEqual(["eyes", "confused"]);
	});

	it("/help lists the commands, /budget shows the new limit, /cancel ends the run", async () => {
		expect((await command(paused, "/help")).reply).toContain("`/approve");
		expect((await command(paused, "/budget 40")).taken).toBe(true);
		await paused.until("the limit is shown", () =>
			(paused.standing()?.tally ?? "").includes("of $40"),
		);
		expect((await command(paused, "/cancel")).taken).toBe(true);
		await gateShown(paused, "cancelled");
	});
});
