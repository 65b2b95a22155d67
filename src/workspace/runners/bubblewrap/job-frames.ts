// A job as the box's first process reads it: frames whose words stand between
// NUL bytes. No JSON, which would take that process as long as its own start.
import type { Job } from "../runner.ts";
import { filePayload, frame } from "../wasm/frames.mts";
import { limitsOf } from "./limits.ts";

const KINDS = {
	settings: 1,
	command: 2,
	content: 3,
	collect: 4,
	begin: 5,
	later: 6,
};

/** `python`: the interpreter, as it is called in the box. */
export function* jobFrames(
	job: Job,
	python: string,
	collectBytes: number,
): Generator<Uint8Array> {
	const settings = {
		...limitsOf(job.limits),
		"collect bytes": collectBytes,
		"later at": job.later?.command ?? -1,
	};
	const later = new Set(job.later?.paths);
	const pairs = Object.entries(settings).map(
		([name, value]) => `${name}=${Math.round(value)}`,
	);
	yield ofWords(KINDS.settings, pairs);
	for (const args of job.commands)
		yield ofWords(KINDS.command, [python, ...args]);
	for (const path of job.collect) yield ofWords(KINDS.collect, [path]);
	for (const [path, content] of job.files)
		yield frame(
			later.has(path) ? KINDS.later : KINDS.content,
			filePayload(path, content),
		);
	yield frame(KINDS.begin, new Uint8Array());
}

const ofWords = (kind: number, words: readonly string[]) =>
	frame(kind, Buffer.from(words.join("\0")));
