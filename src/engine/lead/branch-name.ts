import type { Run } from "../../run/run.ts";

/**
 * `modelwright/<issue>/<phase>-<slug>`, with the run's number from the second run
 * on. What was merged is left alone: a phase done again takes the next number.
 */
export function branchName(run: Run, phase: number, slug: string): string {
	const runNumber = Number(run.id.split("/").at(-1));
	const again = runNumber > 1 ? `-run${runNumber}` : "";
	const name = `modelwright/${run.issue.number}/${phase}-${slug}${again}`;
	const merged = new Set(run.merges?.map(({ branch }) => branch));
	let [free, time] = [name, 1];
	while (merged.has(free)) free = `${name}-${++time}`;
	return free;
}
