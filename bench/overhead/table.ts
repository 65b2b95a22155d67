import type { Overhead } from "../overhead.ts";

/** Claude Code 2.1.329 with the same workflow's text and 20 sub-agents, one read per turn, against a server that answers alike; nothing durable, nothing published. */
const CLAUDE_CODE: Partial<Record<keyof Overhead, string>> = {
	requests: "157",
	promptTokens: "2,200,000",
	cacheWriteTokens: "379,000",
	cacheReadTokens: "1,820,000",
	outputTokens: "24,100",
	usd: "2.744",
	wallSeconds: "4.1 to 4.5",
	cpuSeconds: "4.7 to 5.1",
	rssMb: "335 to 339",
	agentRuns: "20",
};

const ROWS: readonly (readonly [keyof Overhead, string])[] = [
	["agentRuns", "agents' conversations"],
	["requests", "requests to the model"],
	["promptTokens", "prompt tokens"],
	["cacheWriteTokens", "  of them written to the cache"],
	["cacheReadTokens", "  of them read from the cache"],
	["outputTokens", "output tokens"],
	["usd", "US dollars at list prices"],
	["wallSeconds", "seconds, label to delivered"],
	["wallSecondsPaced", "  with writes spaced as for github.com"],
	["cpuSeconds", "  processor seconds of the app"],
	["rssMb", "peak memory of the app, MB"],
	["criticalPathRatio", "at 300 ms an answer: time over critical path"],
	["githubReads", "reads from GitHub"],
	["githubWrites", "writes to GitHub"],
];

export function showOverhead(figures: Overhead): string {
	const rows = ROWS.map(([key, what]) => [
		what,
		show(figures[key]),
		CLAUDE_CODE[key] ?? "",
	]);
	return [["", "Modelwright", "Claude Code"], ...rows]
		.map(([what = "", ours = "", theirs = ""]) =>
			`${what.padEnd(46)}${ours.padStart(12)}${theirs.padStart(14)}`.trimEnd(),
		)
		.join("\n");
}

const show = (value: number | null) =>
	value === null ? "not measured" : value.toLocaleString("en-US");
