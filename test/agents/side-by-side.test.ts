import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { converse } from "../../src/agents/agent.ts";
import { sideBySide } from "../../src/agents/calls/side-by-side.ts";
import { call } from "../../src/local/scripted-model/server/reply.ts";
import {
	EXPLORATION,
	EXPLORE,
	openStage,
	type Stage,
} from "../support/agent-stage.ts";

let stage: Stage | undefined;
afterEach(() => stage?.close());

test("answers come in the order of the items, at most so many at once", async () => {
	let [now, most] = [0, 0];
	const answers = await sideBySide([30, 1, 20, 2, 10], 2, async (ms) => {
		most = Math.max(most, ++now);
		await sleep(ms);
		now--;
		return ms;
	});
	expect(answers).toEqual([30, 1, 20, 2, 10]);
	expect(most).toBe(2);
});

test("three agents of one installation ask at once, a fourth beyond the limit waits", async () => {
	let [now, most] = [0, 0];
	stage = await openStage(
		[
			{
				name: "slow",
				reply: async () => {
					most = Math.max(most, ++now);
					await sleep(250);
					now--;
					return [call("submit_exploration", EXPLORATION)];
				},
			},
		],
		{ concurrency: 3 },
	);
	const world = stage.world();
	const outcomes = await Promise.all(
		["a", "b", "c", "d", "e"].map((name) =>
			converse({ ...EXPLORE, name }, { ...world, conversation: name }),
		),
	);
	expect(outcomes.every(({ ok }) => ok)).toBe(true);
	expect(most).toBe(3);
});
