// How a run's pull requests stand on GitHub: asked anew whenever something hints
// at a change, so a missed hint loses nothing.
import type { Pull } from "../github/pulls.ts";
import type { Reader } from "../github/reading.ts";
import type { PullsSeen } from "../run/advance.ts";
import { openedPulls } from "../run/awaited-pulls.ts";
import type { Heads } from "../run/pull-heads.ts";
import { attendsPulls } from "../run/pulls-seen.ts";
import type { Run } from "../run/run.ts";
import { apply } from "./apply.ts";
import { followCi } from "./follow-ci.ts";
import type { Parts } from "./parts.ts";
import { runsWithPulls } from "./store/runs.ts";

/** Tells the run; gives them as they stand, lowest first. */
export async function followPulls(parts: Parts, run: Run): Promise<Pull[]> {
	if (!attendsPulls(run)) return [];
	const { reader } = parts.connect(run.repository, run.id);
	const pulls = await readPulls(run, reader);
	await apply(parts, run.id, await seenOf(run, pulls, reader));
	return pulls;
}

/** Lowest first. */
export const readPulls = (
	run: Run,
	reader: Pick<Reader, "pull">,
): Promise<Pull[]> =>
	Promise.all(openedPulls(run).map(({ number }) => reader.pull(number)));

/** Where the open ones stand, as they were read after this attempt. */
export const headsOf = (
	{ phase, attempt }: Pick<Run, "phase" | "attempt">,
	pulls: readonly Pick<Pull, "number" | "headSha" | "state">[],
): Heads => ({
	...{ phase, attempt },
	pulls: Object.fromEntries(
		pulls
			.filter(({ state }) => state === "open")
			.map(({ number, headSha }) => [number, { head: headSha }]),
	),
});

/** For hints that never came; one run out of reach does not keep the others waiting. */
export async function followAllPulls(parts: Parts): Promise<void> {
	for (const run of await runsWithPulls(parts.db))
		try {
			for (const pull of await followPulls(parts, run))
				await followCi(parts, run, pull);
		} catch (error) {
			parts.log.warn({ run: run.id, error }, "its pull requests are unknown");
		}
}

/** What the run is to hear. */
export async function seenOf(
	run: Run,
	pulls: readonly Pull[],
	reader: Pick<Reader, "branchHead" | "isAncestor">,
): Promise<PullsSeen> {
	const { branch, sha } = run.base;
	const landed = pulls.filter((pull) => reaches(branch, pull, pulls));
	const newest = landed
		.filter(({ base }) => base === branch)
		.toSorted((a, b) => timeOf(a) - timeOf(b))
		.at(-1)?.merged;
	const strayed = pulls.filter(
		(pull) => pull.state === "merged" && !landed.includes(pull),
	);
	return {
		type: "pulls-seen",
		merged: landed.map(({ number }) => number),
		closed: pulls.flatMap(({ state, number }) =>
			state === "closed" ? [number] : [],
		),
		elsewhere: strayed.map(({ number }) => number),
		commits: Object.fromEntries(
			landed.flatMap(({ number, merged }) =>
				merged ? [[number, merged.sha]] : [],
			),
		),
		heads: headsOf(run, pulls),
		head: newest ? await headWith(newest.sha, branch, reader) : sha,
		at: new Date().toISOString(),
	};
}

/** Merged into the default branch, or into one below that was merged after it. */
function reaches(branch: string, pull: Pull, all: readonly Pull[]): boolean {
	if (pull.state !== "merged") return false;
	if (pull.base === branch) return true;
	const below = all.find((other) => other.branch === pull.base);
	return (
		below !== undefined &&
		timeOf(below) >= timeOf(pull) &&
		reaches(branch, below, all)
	);
}

const timeOf = ({ merged }: Pull) => Date.parse(merged?.at ?? "") || 0;

/** The branch as it is listed may lag behind the merge; the merge itself does not. */
export async function headWith(
	merge: string,
	branch: string,
	reader: Pick<Reader, "branchHead" | "isAncestor">,
) {
	const head = await reader.branchHead(branch);
	return head && (await reader.isAncestor(merge, head)) ? head : merge;
}
