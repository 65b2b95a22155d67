import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckRequest } from "../../src/github/checks.ts";
import {
	crashed,
	crashingMemory,
	openStage,
	REPOSITORY,
	SECRET,
	type Stage,
} from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage.forge.close());

const annotations = (count: number) =>
	Array.from({ length: count }, (_, index) => ({
		path: "train.py",
		startLine: index + 1,
		endLine: index + 1,
		level: "warning" as const,
		title: `F${index + 1}`,
		message: `The ${index + 1}th of ${count}`,
	}));

const review = async (
	externalId: string,
	count: number,
	more: Partial<CheckRequest> = {},
): Promise<CheckRequest> => ({
	name: "modelwright / code quality",
	headSha: await stage.head(),
	externalId,
	status: "completed",
	conclusion: "neutral",
	title: `${count} findings`,
	summary: "See the diff.",
	annotations: annotations(count),
	...more,
});

const runs = (externalId: string) =>
	[...stage.forge.repository(REPOSITORY).checkRuns.values()].filter(
		(run) => run.externalId === externalId,
	);
const titles = (externalId: string) =>
	runs(externalId).flatMap((run) => run.annotations.map(({ title }) => title));
const allTitles = (count: number) => annotations(count).map((a) => a.title);

describe("a check run", () => {
	test("takes sixty annotations, though GitHub takes fifty at a time", async () => {
		await stage.publisher.check(await review("sixty", 60));
		expect(titles("sixty")).toEqual(allTitles(60));
		expect(runs("sixty")).toMatchObject([
			{ status: "completed", conclusion: "neutral" },
		]);
	});

	test("shows nothing twice when the process died before noting it", async () => {
		const publisher = stage.publisherWith(crashingMemory());
		const request = await review("died", 60);
		expect(await crashed(publisher.check(request))).toMatch(/killed/);
		await publisher.check(request);
		expect(titles("died")).toEqual(allTitles(60));
	});

	test("goes on where a try was cut off between two batches", async () => {
		const request = await review("cut", 120);
		const down = { kind: "fail", status: 502 } as const;
		stage.forge.faults.call("checks/update", down, 4);
		expect(await crashed(stage.publisher.check(request))).toBeDefined();
		expect(titles("cut")).toHaveLength(50);
		await stage.publisher.check(request);
		expect(titles("cut")).toEqual(allTitles(120));
	});

	test("goes on when GitHub took a batch but lost its answer", async () => {
		stage.forge.faults.call("checks/create", { kind: "fail-afterwards" });
		stage.forge.faults.call("checks/update", { kind: "fail-afterwards" });
		await stage.publisher.check(await review("lost", 110));
		expect(titles("lost")).toEqual(allTitles(110));
		expect(runs("lost")).toHaveLength(1);
	});

	test("is brought up to date without adding its annotations again", async () => {
		await stage.publisher.check(await review("dated", 3));
		const later = await review("dated", 3, { title: "2 of 3 fixed" });
		await stage.publisher.check(later);
		expect(titles("dated")).toEqual(allTitles(3));
		expect(runs("dated")[0]?.output.title).toBe("2 of 3 fixed");
		stage.callsOf("");
		await stage.publisher.check(later);
		expect(stage.callsOf("checks/update")).toBe(0);
	});

	test("may begin as work in progress and end with a conclusion", async () => {
		const { conclusion: _, ...begun } = await review("progress", 0, {
			status: "in_progress",
		});
		await stage.publisher.check(begun);
		expect(runs("progress")).toMatchObject([{ status: "in_progress" }]);
		await stage.publisher.check(await review("progress", 2));
		expect(runs("progress")).toMatchObject([{ status: "completed" }]);
		expect(titles("progress")).toEqual(allTitles(2));
	});

	test("offers buttons within GitHub's limits", async () => {
		const actions = Array.from({ length: 4 }, (_, n) => ({
			label: `A label far too long for a button ${n}`,
			description: "d".repeat(60),
			identifier: `fix-${n}`,
		}));
		await stage.publisher.check(await review("buttons", 1, { actions }));
		expect(runs("buttons")[0]?.actions).toHaveLength(3);
	});

	test("carries no secret in any of its texts", async () => {
		const [first] = annotations(1);
		if (!first) throw new Error("no annotation");
		const text = `see ${SECRET}`;
		await stage.publisher.check(
			await review("secret", 1, {
				title: text,
				summary: text,
				annotations: [{ ...first, title: text, message: text, details: text }],
			}),
		);
		expect(JSON.stringify(runs("secret"))).not.toContain(SECRET);
	});
});

test("nothing of all this is outside GitHub's contract or our permissions", () => {
	expect(stage.forge.violations).toEqual([]);
	expect(stage.undeclaredCalls()).toEqual([]);
});
