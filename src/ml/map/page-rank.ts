// How likely one arrives at a file by following imports, starting from files
// that play a part in machine learning.
import type { Pace } from "./pace.ts";

const FOLLOWED = 0.85;
const ROUNDS = 25;

export interface Linked {
	readonly path: string;
	/** How much of the start is here; need not be normalised. */
	readonly start: number;
	/** How much of what arrives is passed on. */
	readonly passes: number;
}

/** For every path its share; together they make 1. Fewer rounds are less exact. */
export async function pageRank(
	files: readonly Linked[],
	edges: ReadonlyMap<string, ReadonlyMap<string, number>>,
	pace: Pace,
): Promise<Map<string, number>> {
	const at = new Map(files.map(({ path }, index) => [path, index]));
	const links = files.map(({ path }) =>
		[...(edges.get(path) ?? [])].map(
			([target, weight]) => [at.get(target) ?? 0, weight] as const,
		),
	);
	const sums = links.map((out) => out.reduce((sum, [, w]) => sum + w, 0));
	const start = normalise(files.map((file) => file.start));
	let share = start;
	for (let round = 0; round < ROUNDS && !pace.isOver(); round++) {
		await pace.rest();
		const next = start.map((part) => (1 - FOLLOWED) * part);
		let lost = 0;
		for (const [index, out] of links.entries()) {
			const here = FOLLOWED * (share[index] ?? 0);
			if (out.length === 0) lost += here;
			const passed = (here * (files[index]?.passes ?? 1)) / (sums[index] || 1);
			for (const [target, weight] of out)
				next[target] = (next[target] ?? 0) + passed * weight;
		}
		share = normalise(next.map((part, i) => part + lost * (start[i] ?? 0)));
	}
	return new Map(files.map(({ path }, index) => [path, share[index] ?? 0]));
}

function normalise(parts: readonly number[]): number[] {
	const sum = parts.reduce((a, b) => a + b, 0) || 1;
	return parts.map((part) => part / sum);
}
