// The operator's own Python in a Linux sandbox of bubblewrap. What it isolates
// and what not is in docs/runners.md.
import { readFile } from "node:fs/promises";
import { messageOf } from "../../errors.ts";
import { type Box, boxArguments } from "./bubblewrap/box-arguments.ts";
import { runBoxed } from "./bubblewrap/boxed-process.ts";
import {
	DEFAULT_PYTHON,
	findInterpreter,
	type Interpreter,
} from "./bubblewrap/interpreter.ts";
import { jobFrames } from "./bubblewrap/job-frames.ts";
import { withRemedy } from "./bubblewrap/remedy.ts";
import { seccompFilter } from "./bubblewrap/seccomp.ts";
import { probeBox } from "./bubblewrap/self-test.ts";
import { inputBytes, tooLarge } from "./job-size.ts";
import { type JobEnd, judgeJob, refused } from "./judge-job.ts";
import type { Job, JobResult, Runner, SelfTest } from "./runner.ts";
import { MOST_COLLECTED_BYTES, transcript } from "./transcript.ts";

const DRIVER = new URL("./bubblewrap/drive.py", import.meta.url);
const MB = 1_024 * 1_024;
/** What a job may write besides its own files. */
const ROOM_BYTES = 512 * MB;

export interface BubblewrapOptions {
	/** Path of the Python interpreter that the operator supplies. */
	readonly python?: string | undefined;
	/** What bwrap is told. Another box must pass the same self-test. */
	readonly boxOf?: (box: Box) => string[];
}

interface Start {
	readonly interpreter: Interpreter;
	readonly driver: string;
	readonly filter: Uint8Array;
	readonly boxOf: (box: Box) => string[];
}

interface Tested extends Start {
	readonly test: SelfTest;
}

export function bubblewrapRunner({
	python = DEFAULT_PYTHON,
	boxOf = boxArguments,
}: BubblewrapOptions = {}): Runner {
	// One answer while boxes start: the probes cost a tenth of a second.
	let tested: Promise<Tested | string> | undefined;
	const start = async () => {
		tested ??= testedStart(python, boxOf).catch(messageOf);
		const answer = await tested;
		if (typeof answer === "string") tested = undefined;
		return answer;
	};
	return {
		name: "bubblewrap",
		async selfTest(): Promise<SelfTest> {
			const ready = await start();
			return typeof ready === "string"
				? { ok: false, reason: ready }
				: ready.test;
		},
		async run(job, signal) {
			const ready = await start();
			if (typeof ready === "string") return refused("unavailable", ready);
			const result = await runJob(ready, job, signal);
			if (result.status === "unavailable") tested = undefined;
			return result;
		},
	};
}

/** Throws, in words, where no box can be had that holds. */
async function testedStart(
	python: string,
	boxOf: Start["boxOf"],
): Promise<Tested> {
	if (process.platform !== "linux")
		throw new Error(
			`bubblewrap exists on Linux only; this is ${process.platform}.`,
		);
	const filter = seccompFilter();
	if (!filter)
		throw new Error(
			`The system calls of this processor (${process.arch}) are not known; x64 and arm64 are.`,
		);
	const interpreter = await findInterpreter(python);
	const driver = await readFile(DRIVER, "utf8");
	const start: Start = { interpreter, driver, filter, boxOf };
	const test = await probeBox((job) => runJob(start, job));
	if (!test.ok) throw new Error(test.reason);
	return { ...start, test };
}

/** A path that leads out of the workspace, or to no file at all. */
const STRANGE_PATH = /(^|\/)\.{0,2}(\/|$)|\0/;

async function runJob(
	{ interpreter, driver, filter, boxOf }: Start,
	job: Job,
	signal?: AbortSignal,
): Promise<JobResult> {
	const bytes = inputBytes(job);
	const large = tooLarge(bytes, "bubblewrap");
	if (large) return large;
	const strange = [...job.files.keys()].find((path) => STRANGE_PATH.test(path));
	if (strange !== undefined)
		return refused(
			"failed",
			`${JSON.stringify(strange)} is no path of a file inside the repository.`,
		);
	const began = performance.now();
	const said = transcript(job);
	const workspaceBytes = ROOM_BYTES + bytes + job.files.size * 4_096;
	const end = await runBoxed({
		box: boxOf({ interpreter, workspaceBytes, driver }),
		filter,
		frames: jobFrames(job, interpreter.path, MOST_COLLECTED_BYTES),
		seconds: job.limits.seconds,
		signal,
		take: said.take,
		isDone: () => said.state.done,
		whenLoaded: said.whenLoaded,
	}).catch((fault: unknown): JobEnd => {
		return { ending: "did not start", complaint: withRemedy(messageOf(fault)) };
	});
	return {
		...judgeJob(job, said, end, "The bubblewrap box"),
		commands: said.commands(),
		files: said.files,
		seconds: (performance.now() - began) / 1_000,
	};
}
