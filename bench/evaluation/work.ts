// A worker: runs the simulations it is told to and counts what came of them.
import { parentPort } from "node:worker_threads";
import { CELLS, type Outcome } from "./cells.ts";

export interface Task {
	readonly cell: number;
	readonly seed: string;
	readonly from: number;
	readonly to: number;
}

export interface Tally {
	readonly what: Outcome[0];
	readonly by: string;
	hits: number;
	judged: number;
	refused: number;
}

parentPort?.on("message", (task: Task) => parentPort?.postMessage(count(task)));

function count({ cell, seed, from, to }: Task): Tally[] {
	const tallies = new Map<string, Tally>();
	for (let i = from; i < to; i++)
		for (const [what, by, hit] of CELLS[cell]?.simulate(
			`evaluation ${seed} ${cell} ${i}`,
		) ?? []) {
			const name = `${what} ${by}`;
			const tally = tallies.get(name) ?? {
				...{ what, by, hits: 0, judged: 0, refused: 0 },
			};
			tallies.set(name, tally);
			tally.hits += Number(hit === true);
			tally.judged += Number(hit !== undefined);
			tally.refused += Number(hit === undefined);
		}
	return [...tallies.values()];
}
