// What a command in the box may take. The kernel keeps to the limits of each
// process, the box's first process to those of all together.
import { availableParallelism } from "node:os";
import type { JobLimits } from "../runner.ts";

const MB = 1_024 * 1_024;

/** As the box's first process knows them; RLIMIT_… are the kernel's own. */
export const limitsOf = ({ memoryMb, seconds }: JobLimits) => ({
	"memory kB": memoryMb * 1_024,
	/** Files and folders that lie in the box at a time. */
	files: 100_000,
	// One byte, not none: a core dump into a program of the host, run by its root,
	// is made whatever the limit, unless it is one.
	RLIMIT_CORE: 1,
	// The clock outside ends a job; this ends what the clock cannot.
	RLIMIT_CPU: Math.ceil(60 + seconds * availableParallelism()),
	RLIMIT_FSIZE: 1_024 * MB,
	RLIMIT_MEMLOCK: MB / 16,
	RLIMIT_NOFILE: 1_024,
	RLIMIT_NPROC: 256,
});
