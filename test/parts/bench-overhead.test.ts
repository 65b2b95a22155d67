// The bench in its smallest form: one passage, whose figures add up. How long
// it takes is nobody's business here.
import { beforeAll, describe, expect, it } from "vitest";
import { criticalPath } from "../../bench/overhead/critical-path.ts";
import { sources } from "../../bench/overhead/repository.ts";
import { type Measured, measureOverhead } from "../../bench/overhead.ts";
import type { JournalEntry } from "../../src/local/scripted-model/server/journal.ts";

const NAMES = [
	"requests",
	"promptTokens",
	"cacheWriteTokens",
	"cacheReadTokens",
	"outputTokens",
	"usd",
	"wallSeconds",
	"cpuSeconds",
	"wallSecondsPaced",
	"rssMb",
	"criticalPathRatio",
];

describe("the bench of overhead", () => {
	let measured: Measured;

	beforeAll(async () => {
		measured = await measureOverhead(["--runs", "1", "--quick"]);
	}, 540_000);

	it("gives every figure it promises", () => {
		expect(Object.keys(measured.figures)).toEqual(
			expect.arrayContaining(NAMES),
		);
	});

	it("takes the run through all its agents, each asking at least once", () => {
		const { agentRuns, requests } = measured.figures;
		expect(agentRuns).toBe(25);
		expect(requests).toBeGreaterThanOrEqual(25);
	});

	it("counts each prompt token once", () => {
		const { promptTokens, cacheWriteTokens, cacheReadTokens } =
			measured.figures;
		const cached = Number(cacheWriteTokens) + Number(cacheReadTokens);
		expect(Number(promptTokens)).toBeGreaterThanOrEqual(cached);
		expect(cached).toBeGreaterThan(0);
	});

	it("says what was left out, and shows Claude Code's figures beside ours", () => {
		expect(measured.figures.criticalPathRatio).toBeNull();
		expect(measured.table).toContain("not measured");
		expect(measured.table).toContain("2,200,000");
	});
});

describe("the scenario's repository", () => {
	it("has 67 kB in 16 files, each with landmarks of its own", () => {
		const text = sources.map((source) => source.text).join("");
		expect(sources).toHaveLength(16);
		expect(Math.round(text.length / 1_000)).toBe(67);
		const marks = sources.flatMap(({ landmarks }) => landmarks);
		for (const mark of marks) expect(text.split(mark)).toHaveLength(2);
	});
});

describe("the critical path", () => {
	const asked = (phase: number, agent: string, turns: number) =>
		Array.from(
			{ length: turns },
			(_, i) => ({ phase, agent, turn: i + 1 }) as JournalEntry,
		);

	it("is the longest of what begins together, and the sum of all else", () => {
		expect(
			criticalPath([
				...asked(4, "ml-architect/design-baseline", 3),
				...asked(4, "ml-architect/design-pragmatic", 5),
				...asked(4, "data-scientist/fact-check", 2),
				...asked(5, "mlops-engineer/training-pipeline", 1),
			]),
		).toBe(8);
	});
});
