import { describe, expect, it } from "vitest";
import { planStack, type StandingPull } from "../../src/run/stack-plan.ts";

const pull = (
	number: number,
	base: string,
	more: Partial<StandingPull> = {},
): StandingPull => ({
	...{ number, base, branch: `b${number}`, headSha: `h${number}` },
	state: "open",
	...more,
});
const merged = (number: number, base: string, minute: number) =>
	pull(number, base, {
		state: "merged",
		merged: { at: `2026-01-02T03:0${minute}:00Z`, sha: `m${number}` },
	});

/** Each as [number, base, the one below, merges it has to hold]. */
const plan = (...pulls: StandingPull[]) =>
	planStack("main", pulls).placed.map(({ pull, base, below, merges }) => [
		...[pull.number, base, below.number, merges],
	]);
const astray = (...pulls: StandingPull[]) =>
	planStack("main", pulls).astray.map(({ kind, pull, above }) => [
		...[kind, pull.number, above],
	]);

describe("a stack", () => {
	it("holds what each one below has become, also while nothing is merged", () => {
		expect(plan(pull(7, "main"), pull(8, "b7"), pull(9, "b8"))).toEqual([
			[8, "b7", 7, ["h7"]],
			[9, "b8", 8, ["h8", "h7"]],
		]);
	});

	it("follows its lowest one to the default branch, all the way up", () => {
		const pulls = [merged(7, "main", 1), pull(8, "b7"), pull(9, "b8")];
		expect(plan(...pulls)).toEqual([
			[8, "main", 7, ["m7"]],
			[9, "b8", 8, ["h8", "m7"]],
		]);
	});

	it("knows what one rested on that is on the default branch already", () => {
		const pulls = [merged(7, "main", 1), pull(8, "main"), pull(9, "b8")];
		expect(plan(...pulls)[0]).toEqual([8, "main", 7, ["m7"]]);
	});

	it("rests on what the one below was merged into", () => {
		const pulls = [pull(7, "main"), merged(8, "b7", 1), pull(9, "b8")];
		expect(plan(...pulls)).toEqual([[9, "b7", 8, ["m8", "h7"]]]);
		const both = [merged(7, "main", 2), merged(8, "b7", 1), pull(9, "b8")];
		expect(plan(...both)).toEqual([[9, "main", 8, ["m7"]]]);
		const later = [merged(7, "main", 2), merged(8, "b7", 1), pull(9, "b7")];
		expect(plan(...later)).toEqual([[9, "main", 7, ["m7"]]]);
	});

	it("leaves what somebody based on a branch of their own", () => {
		expect(plan(merged(7, "main", 1), pull(8, "release"))).toEqual([]);
	});

	it("stops where one is closed, and names what rests on it", () => {
		const pulls = [merged(7, "main", 1), pull(8, "main", { state: "closed" })];
		const all = [...pulls, pull(9, "b8"), pull(10, "b9")];
		expect(plan(...all)).toEqual([]);
		expect(astray(...all)).toEqual([["closed", 8, [9, 10]]]);
	});

	it("stops where one went into a branch that had been merged before", () => {
		const pulls = [merged(7, "main", 1), merged(8, "b7", 2), pull(9, "b8")];
		expect(plan(...pulls)).toEqual([]);
		expect(astray(...pulls)).toEqual([["elsewhere", 8, [9]]]);
	});

	it("tells of a closed one that nothing rests on", () => {
		const pulls = [pull(7, "main"), pull(8, "b7", { state: "closed" })];
		expect(astray(...pulls)).toEqual([["closed", 8, []]]);
		expect(astray(merged(7, "main", 1), merged(8, "b7", 2))).toEqual([
			["elsewhere", 8, []],
		]);
	});
});
