// What the ML map costs on a repository made for it: time, memory and tokens,
// held against reading the files and against parsing them and no more.
import { fork } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { writeRepository } from "./map/generate.ts";
import type { Measured } from "./measured.ts";

export const WORKS = ["read", "parse", "map", "keep", "again"] as const;
export type Work = (typeof WORKS)[number];

/** Of one process that did nothing else. */
export interface Cost {
	readonly seconds: number;
	readonly cpuSeconds: number;
	readonly rssMb: number;
	readonly tokens?: number;
}

/** `--files 400`: how many Python files the repository has. */
export async function measureMap(args: readonly string[]): Promise<Measured> {
	const { values } = parseArgs({
		args: [...args],
		options: { files: { type: "string", default: "400" } },
	});
	const files = Math.max(1, Number(values.files));
	const repository = await writeRepository(files);
	try {
		const costs = {} as Record<Work, Cost>;
		for (const work of WORKS) costs[work] = await costOf(work, repository.root);
		return report(files, repository.lines, costs);
	} finally {
		await rm(dirname(repository.root), { recursive: true });
	}
}

/** In a process of its own, so that memory is that of the work alone. */
async function costOf(work: Work, root: string): Promise<Cost> {
	const child = fork(new URL("map/work.ts", import.meta.url), [work, root]);
	const [cost] = (await Promise.race([
		once(child, "message"),
		once(child, "exit").then(([code]) => {
			throw new Error(`Measuring "${work}" ended with exit code ${code}.`);
		}),
	])) as [Cost];
	return cost;
}

function report(
	files: number,
	lines: number,
	costs: Record<Work, Cost>,
): Measured {
	const { read, parse, map, again } = costs;
	const figures = {
		files,
		lines,
		seconds: map.seconds,
		cpuSeconds: map.cpuSeconds,
		rssMb: map.rssMb,
		tokens: map.tokens,
		overReading: ratio(map.cpuSeconds, read.cpuSeconds),
		overParsing: ratio(map.cpuSeconds, parse.cpuSeconds),
		rssOverParsing: ratio(map.rssMb, parse.rssMb),
		againOverFirst: ratio(again.cpuSeconds, map.cpuSeconds),
		costs,
	};
	const rows = WORKS.map((work) => {
		const { seconds, cpuSeconds, rssMb } = costs[work];
		return `${work.padEnd(6)} ${seconds.toFixed(2)} s  ${cpuSeconds.toFixed(2)} s of processor  ${rssMb} MB`;
	});
	const table = [
		`${files} files, ${lines} lines; the map has ${map.tokens} tokens`,
		...rows,
		`map over parse: ${figures.overParsing} times the processor, ${figures.rssOverParsing} times the memory`,
	].join("\n");
	return { figures, table };
}

const ratio = (one: number, other: number) =>
	Number((one / Math.max(other, 0.001)).toFixed(2));
