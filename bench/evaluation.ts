// Whether the evaluator's tests and intervals keep what they promise, by
// simulation: two systems that are equally good, ten thousand times over.
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { CELLS } from "./evaluation/cells.ts";
import { tryCheats } from "./evaluation/cheats.ts";
import { reportRates } from "./evaluation/report.ts";
import type { Tally, Task } from "./evaluation/work.ts";
import type { Measured } from "./measured.ts";

const CHUNK = 250;

/** `--seed 1`: same seed, same figures. `--simulations 10000`: of each cell. `--quick`: no repositories that cheat. `--only 'three classes'`: cells whose name holds this. */
export async function measureEvaluation(
	args: readonly string[],
): Promise<Measured> {
	const { values } = parseArgs({
		args: [...args],
		options: {
			seed: { type: "string", default: "1" },
			simulations: { type: "string", default: "10000" },
			quick: { type: "boolean", default: false },
			only: { type: "string", default: "" },
		},
	});
	const simulations = Number(values.simulations);
	if (!Number.isInteger(simulations) || simulations < 1)
		throw new Error(
			`--simulations is "${values.simulations}"; a whole number from 1 was expected.`,
		);
	const tasks = CELLS.flatMap(({ name }, cell) =>
		!name.includes(values.only)
			? []
			: Array.from({ length: Math.ceil(simulations / CHUNK) }, (_, i) => ({
					...{ cell, seed: values.seed, from: i * CHUNK },
					to: Math.min(simulations, (i + 1) * CHUNK),
				})),
	);
	const rates = reportRates(await workThrough(tasks), simulations);
	if (values.quick) return rates;
	const { figures, table } = rates;
	const cheats = await tryCheats();
	return {
		figures: { ...figures, cheats },
		table: `${table}\n${cheats.tried} cheating repositories were run (${cheats.runner}), ${cheats.passed} of them passed`,
	};
}

/** The tallies of each cell; which worker counted what makes no difference. */
async function workThrough(tasks: readonly Task[]): Promise<Tally[][]> {
	const cells: Tally[][] = CELLS.map(() => []);
	// The most expensive first, so that no worker is left with one at the end.
	const waiting = [...tasks].sort((a, b) => a.cell - b.cell);
	let done = 0;
	await Promise.all(
		Array.from({ length: availableParallelism() }, async () => {
			const worker = new Worker(new URL("evaluation/work.ts", import.meta.url));
			try {
				for (let task = waiting.pop(); task; task = waiting.pop()) {
					add(cells[task.cell] ?? [], await ask(worker, task));
					done++;
					process.stderr.write(
						`\r${done} of ${tasks.length} parts; ${CELLS[task.cell]?.name}\u001b[K`,
					);
				}
			} finally {
				await worker.terminate();
			}
		}),
	);
	process.stderr.write("\n");
	return cells;
}

async function ask(worker: Worker, task: Task): Promise<Tally[]> {
	const answer = once(worker, "message");
	worker.postMessage(task);
	return (await answer)[0];
}

function add(sums: Tally[], more: readonly Tally[]): void {
	for (const tally of more) {
		const sum = sums.find(
			({ what, by }) => what === tally.what && by === tally.by,
		);
		if (!sum) sums.push({ ...tally });
		else {
			sum.hits += tally.hits;
			sum.judged += tally.judged;
			sum.refused += tally.refused;
		}
	}
}
