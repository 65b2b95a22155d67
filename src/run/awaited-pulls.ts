// One pull request at a time: which ones a sequential run waits for.
import type { GateRequest } from "./gate.ts";
import type { Run } from "./run.ts";
import type { OpenedPull } from "./run-pulls.ts";

export const isMerged = ({ merges = [] }: Run, pull: { number: number }) =>
	merges.some(({ number }) => number === pull.number);

/** Merging the one below moves a pull request onto the default branch. */
export const baseNow = (
	{ merges = [], base: { branch: trunk } }: Run,
	{ base }: { base: string },
) => (merges.some(({ branch }) => branch === base) ? trunk : base);

/** What its phases opened, lowest first. */
export const openedPulls = ({ done }: Run): OpenedPull[] =>
	done.toSorted((a, b) => a.phase - b.phase).flatMap(({ pull }) => pull ?? []);

/** Those that nobody merged yet. */
export const unmergedPulls = (run: Run): OpenedPull[] =>
	openedPulls(run).filter((pull) => !isMerged(run, pull));

/** Those that a sequential run waits for. */
export const awaitedPulls = (run: Run): OpenedPull[] =>
	run.config.pull_requests === "sequential" ? unmergedPulls(run) : [];

/** Asks for a merge once the phase at hand opened something that waits for one. */
export function mergeGate(run: Run): GateRequest | undefined {
	const awaited = awaitedPulls(run);
	const own = run.done.find(({ phase }) => phase === run.phase)?.pull;
	if (!awaited.some(({ number }) => number === own?.number)) return undefined;
	const names = awaited.map(({ number }) => `#${number}`);
	return {
		name: "stack",
		command: "/approve",
		question: `Merge ${names.join(", then ")}, then I go on.`,
	};
}
