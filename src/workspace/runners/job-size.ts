// A runner holds a job's files in memory, and so does this process.
import { refused } from "./judge-job.ts";
import type { Job, JobResult, Runner } from "./runner.ts";

const MB = 1_024 * 1_024;
const MOST_INPUT_BYTES = 300 * MB;

export const inputBytes = ({ files }: Job): number =>
	files.values().reduce((sum, file) => sum + file.length, 0);

/** Undefined for a job that may begin. */
export function tooLarge(
	bytes: number,
	runner: Runner["name"],
): JobResult | undefined {
	if (bytes <= MOST_INPUT_BYTES) return undefined;
	return refused(
		"failed",
		`The files are too large for the ${runner} runner: ${Math.round(bytes / MB)} MB, at most ${MOST_INPUT_BYTES / MB} MB.`,
	);
}
