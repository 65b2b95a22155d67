// The twelve phases on a fixed scenario: what Modelwright itself costs, in
// requests, tokens, dollars, time and memory.
import { parseArgs } from "node:util";
import { totalsOf } from "../src/local/scripted-model/server/journal.ts";
import type { Measured } from "./measured.ts";

export type { Measured };

import { criticalPath } from "./overhead/critical-path.ts";
import { type Passage, pass } from "./overhead/passage.ts";
import { showOverhead } from "./overhead/table.ts";

const SLOW_ANSWER_MS = 300;

/** `null`: not measured, because only a part was asked for. */
export interface Overhead {
	readonly requests: number;
	readonly promptTokens: number;
	readonly cacheWriteTokens: number;
	readonly cacheReadTokens: number;
	readonly outputTokens: number;
	readonly usd: number;
	readonly wallSeconds: number;
	readonly cpuSeconds: number;
	readonly wallSecondsPaced: number | null;
	readonly rssMb: number;
	readonly criticalPathRatio: number | null;
	readonly agentRuns: number;
	readonly githubReads: number;
	readonly githubWrites: number;
}

/**
 * `--runs 3`: passages at zero latency, of which the median counts.
 * `--quick`: leaves out the paced one and the one at 300 ms.
 * `--cpu-prof DIR`: has Node write a profile of the app there.
 */
export async function measureOverhead(
	args: readonly string[],
): Promise<Measured> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			runs: { type: "string", default: "3" },
			quick: { type: "boolean", default: false },
			"cpu-prof": { type: "string" },
		},
	});
	const folder = values["cpu-prof"];
	const nodeArguments = folder
		? ["--cpu-prof", `--cpu-prof-dir=${folder}`]
		: [];
	const fast: Passage[] = [];
	for (let i = 0; i < Math.max(1, Number(values.runs)); i++)
		fast.push(await pass({ latencyMs: 0, paced: false, nodeArguments }));
	const slow = values.quick
		? undefined
		: await pass({ latencyMs: SLOW_ANSWER_MS, paced: false });
	const paced = values.quick
		? undefined
		: await pass({ latencyMs: 0, paced: true });
	const figures = figuresOf(fast, slow, paced);
	return { figures: { ...figures }, table: showOverhead(figures) };
}

function figuresOf(
	fast: readonly Passage[],
	slow: Passage | undefined,
	paced: Passage | undefined,
): Overhead {
	const [{ journal, reads, writes }] = fast as [Passage];
	const totals = totalsOf(journal);
	const written = journal.reduce(
		(sum, { usage }) => sum + (usage?.cache_creation_input_tokens ?? 0),
		0,
	);
	return {
		requests: totals.requests,
		promptTokens: totals.promptTokens,
		cacheWriteTokens: written,
		cacheReadTokens: totals.cacheReadTokens,
		outputTokens: totals.outputTokens,
		usd: rounded(totals.usd, 3),
		wallSeconds: rounded(median(fast.map((one) => one.wallSeconds)), 2),
		cpuSeconds: rounded(median(fast.map((one) => one.cpuSeconds)), 2),
		wallSecondsPaced: paced ? rounded(paced.wallSeconds, 1) : null,
		rssMb: rounded(Math.max(...fast.map((one) => one.rssMb)), 0),
		criticalPathRatio: slow
			? rounded(
					(slow.wallSeconds * 1_000) /
						(criticalPath(slow.journal) * SLOW_ANSWER_MS),
					3,
				)
			: null,
		agentRuns: new Set(journal.map(({ phase, agent }) => `${phase} ${agent}`))
			.size,
		githubReads: reads,
		githubWrites: writes,
	};
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] as number;
}

const rounded = (value: number, digits: number) =>
	Number(value.toFixed(digits));
