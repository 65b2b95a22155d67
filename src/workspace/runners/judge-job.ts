// What a job came to, in one status and one sentence for people.
import type { Job, JobResult } from "./runner.ts";
import type { Transcript } from "./transcript.ts";

/** How the process that ran a job came to its end. */
export type Ending =
	| "ended"
	| "timed out"
	| "out of memory"
	| "cancelled"
	| "did not start";

export interface JobEnd {
	readonly ending: Ending;
	/** The last line on its stderr, for the diagnosis of a failed start. */
	readonly complaint: string;
}

type Judgement = Pick<JobResult, "status" | "reason">;

/** `place`: what did not start, where nothing did. */
export function judgeJob(
	job: Job,
	said: Transcript,
	end: JobEnd,
	place: string,
): Judgement {
	if (end.ending === "cancelled")
		return { status: "failed", reason: "The job was cancelled." };
	if (end.ending === "timed out") return tooMuchTime(job);
	if (end.ending === "out of memory") return tooMuchMemory(job);
	if (!said.state.loaded)
		return {
			status: "unavailable",
			reason: `${place} did not start: ${end.complaint || "its process ended without a word"}.`,
		};
	if (said.state.flooded)
		return {
			status: "failed",
			reason: "The commands wrote more than 32 MB of output and were stopped.",
		};
	return judgeCommands(job, said);
}

function judgeCommands(job: Job, { state }: Transcript): Judgement {
	const last = state.ended.at(-1);
	const named = `\`python ${(job.commands[state.ended.length - 1] ?? []).join(" ")}\``;
	const failed = (reason: string): Judgement => ({ status: "failed", reason });
	if (last?.why === "memory")
		return {
			status: "out of memory",
			reason: `${named} ran out of memory (MemoryError).`,
		};
	if (last?.why === "too much memory") return tooMuchMemory(job);
	if (last?.why === "too much time") return tooMuchTime(job);
	if (last?.why === "too many files")
		return failed(`${named} made more files than a job may and was stopped.`);
	if (last?.why === "crash") return failed(`${named} broke the interpreter.`);
	if (last && last.exit !== 0)
		return failed(`${named} ended with status ${last.exit}.`);
	if (state.ended.length < job.commands.length)
		return failed(
			last?.why === "left"
				? `${named} ended the interpreter itself (os._exit), so the next command could not run.`
				: "The Python process ended before all commands had run.",
		);
	if (!state.done)
		return failed(
			"The Python process ended before it had handed over its files.",
		);
	return { status: "ok", reason: "" };
}

const tooMuchTime = ({ limits }: Job): Judgement => ({
	status: "timed out",
	reason: `The commands did not end within ${limits.seconds} seconds and were stopped.`,
});

const tooMuchMemory = ({ limits }: Job): Judgement => ({
	status: "out of memory",
	reason: `The commands used more than ${limits.memoryMb} MB of memory and were stopped.`,
});

/** A job that was not begun. */
export const refused = (
	status: Exclude<JobResult["status"], "ok">,
	reason: string,
): JobResult => ({
	status,
	reason,
	commands: [],
	files: new Map(),
	seconds: 0,
});

export const lastLine = (text: string) =>
	text.trim().split("\n").at(-1)?.trim().slice(0, 300) ?? "";
