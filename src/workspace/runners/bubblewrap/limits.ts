// What a command in the box may take. The kernel keeps to the limits of each
// process, the box's first process to those of all together.
import { availableParallelism } from "node:os";
import type { JobLimits } from "../runner.ts";

const MB = 1_024 * 1_024;

export interface BoxLimits {
	readonly memoryKb: number;
	/** Files and folders that lie in the box at a time. */
	readonly files: number;
	/** By their names in Python's `resource`. */
	readonly each: Readonly<Record<string, number>>;
}

export const limitsOf = ({ memoryMb, seconds }: JobLimits): BoxLimits => ({
	memoryKb: memoryMb * 1_024,
	files: 100_000,
	each: {
		RLIMIT_CORE: 0,
		// The clock outside ends a job; this ends what the clock cannot.
		RLIMIT_CPU: Math.ceil(60 + seconds * availableParallelism()),
		RLIMIT_FSIZE: 1_024 * MB,
		RLIMIT_MEMLOCK: MB / 16,
		RLIMIT_NOFILE: 1_024,
		RLIMIT_NPROC: 256,
	},
});
