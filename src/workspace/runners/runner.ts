// Where the target repository's code runs. A runner sees files and Python
// command lines; it has no network, no secrets and no way back but its result.

/** argv after `python`, e.g. ["-m", "unittest", "discover"] or ["train.py", "--seed", "1"]. */
export type PythonCommand = readonly string[];

export interface Job {
	/** The whole working tree: repository path to bytes. */
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** Files that are not there before the command of this number, counted from 0. */
	readonly later?: {
		readonly command: number;
		readonly paths: readonly string[];
	};
	/** Run one after the other in one file system; a failing one ends the job. */
	readonly commands: readonly PythonCommand[];
	/** Paths of regular files to bring back; those that do not exist are left out. */
	readonly collect: readonly string[];
	readonly limits: JobLimits;
}

export interface JobLimits {
	/** Wall clock for the whole job. */
	readonly seconds: number;
	readonly memoryMb: number;
	/** Output kept per command; the beginning is dropped beyond it. */
	readonly outputBytes: number;
}

export const DEFAULT_LIMITS: JobLimits = {
	seconds: 120,
	memoryMb: 1_500,
	outputBytes: 200_000,
};

export interface CommandResult {
	readonly args: PythonCommand;
	/** Python's exit status; -1 when it was killed. */
	readonly exit: number;
	/** stdout and stderr as they came, capped. Untrusted text. */
	readonly output: string;
	readonly seconds: number;
}

export interface JobResult {
	readonly status:
		| "ok"
		| "failed"
		| "timed out"
		| "out of memory"
		| "unavailable";
	/** One sentence for people; empty when ok. */
	readonly reason: string;
	readonly commands: readonly CommandResult[];
	readonly files: ReadonlyMap<string, Uint8Array>;
	readonly seconds: number;
	/** Where it ran, if that was elsewhere. */
	readonly elsewhere?: Elsewhere;
}

export interface Elsewhere {
	/** A page for people, with all that was printed. */
	readonly page: string;
	/** The runner says that the commands had no network. */
	readonly offline: boolean;
}

export type SelfTest =
	| {
			readonly ok: true;
			/** Names that Python can import there; absent where nobody asked. */
			readonly modules?: ReadonlySet<string>;
	  }
	| { readonly ok: false; readonly reason: string };

export interface Runner {
	readonly name: "auto" | "wasm" | "bubblewrap" | "actions";
	/** It has Python's standard library and nothing else: nobody need start it to know. */
	readonly bare?: true;
	/** Probes the isolation this runner promises. Must not throw. */
	selfTest(): Promise<SelfTest>;
	/** Must not throw: whatever goes wrong is a status. */
	run(job: Job, signal?: AbortSignal): Promise<JobResult>;
	/** Where this one is a choice of several: all of them, and which a tree goes to. */
	readonly candidates?: readonly Runner[];
	readonly choose?: (files: Job["files"]) => Promise<Runner>;
	/** Why another one, with more modules, was not chosen. */
	readonly others?: string;
}
