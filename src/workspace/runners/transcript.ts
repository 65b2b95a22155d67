// Turns the frames of one child into command results and files. Everything in
// them is a claim of foreign code; here it is only bounded, never believed.
import type { CommandResult, Job } from "./runner.ts";
import {
	type Ended,
	frameReader,
	KINDS,
	readFilePayload,
	WHYS,
} from "./wasm/frames.mts";

/** A job that writes more than this is stopped: nobody reads such output. */
export const MOST_OUTPUT_BYTES = 32 * 1_024 * 1_024;
export const MOST_COLLECTED_BYTES = 64 * 1_024 * 1_024;

export interface Transcript {
	readonly take: (chunk: Uint8Array) => boolean;
	readonly whenLoaded: Promise<void>;
	readonly state: {
		loaded: boolean;
		done: boolean;
		flooded: boolean;
		ended: Ended[];
	};
	/** The commands that were started; the one under way counts as killed. */
	commands(): CommandResult[];
	readonly files: ReadonlyMap<string, Uint8Array>;
}

export function transcript(job: Job): Transcript {
	const state: Transcript["state"] = {
		loaded: false,
		done: false,
		flooded: false,
		ended: [],
	};
	const outputs: Tail[] = [];
	const files = new Map<string, Uint8Array>();
	let startedAt = performance.now();
	let collected = 0;
	const { promise: whenLoaded, resolve: loaded } =
		Promise.withResolvers<void>();

	const onFrame = (kind: number, payload: Uint8Array) => {
		if (kind === KINDS.loaded) {
			state.loaded = true;
			loaded();
		} else if (kind === KINDS.started) {
			startedAt = performance.now();
			outputs.push(new Tail(job.limits.outputBytes));
		} else if (kind === KINDS.output) {
			outputs.at(-1)?.add(payload);
			const written = outputs.reduce((sum, tail) => sum + tail.written, 0);
			state.flooded ||= written > MOST_OUTPUT_BYTES;
		} else if (kind === KINDS.ended) {
			state.ended.push(readEnded(payload));
		} else if (kind === KINDS.file) {
			const { path, content } = readFilePayload(payload);
			collected += content.length;
			if (job.collect.includes(path) && collected <= MOST_COLLECTED_BYTES)
				files.set(path, content);
		} else if (kind === KINDS.done) state.done = true;
	};
	const read = frameReader(MOST_COLLECTED_BYTES + 10_000, onFrame);

	return {
		take: (chunk) => read(chunk) && !state.flooded,
		whenLoaded,
		state,
		files,
		commands: () =>
			outputs.slice(0, job.commands.length).map((output, index) => ({
				args: job.commands[index] ?? [],
				exit: state.ended[index]?.exit ?? -1,
				output: output.text(),
				seconds:
					state.ended[index]?.seconds ??
					(performance.now() - startedAt) / 1_000,
			})),
	};
}

function readEnded(payload: Uint8Array): Ended {
	const crash: Ended = { exit: -1, seconds: 0, why: "crash" };
	try {
		const said: unknown = JSON.parse(new TextDecoder().decode(payload));
		const { exit, seconds, why } = Object(said) as Record<string, unknown>;
		if (!Number.isInteger(exit) || typeof seconds !== "number") return crash;
		return {
			exit: exit as number,
			seconds,
			why: WHYS.find((one) => one === why) ?? "crash",
		};
	} catch {
		return crash;
	}
}

/** Keeps the last bytes of what was added. */
class Tail {
	written = 0;
	#chunks: Uint8Array[] = [];
	#kept = 0;
	readonly #most: number;

	constructor(most: number) {
		this.#most = most;
	}

	add(bytes: Uint8Array): void {
		this.written += bytes.length;
		this.#chunks.push(bytes);
		this.#kept += bytes.length;
		for (;;) {
			const first = this.#chunks[0];
			if (!first || this.#kept - first.length < this.#most) return;
			this.#chunks.shift();
			this.#kept -= first.length;
		}
	}

	text(): string {
		const all = Buffer.concat(this.#chunks);
		const kept = all.subarray(Math.max(0, all.length - this.#most));
		const dropped = this.written - kept.length;
		const note = dropped > 0 ? `[${dropped} bytes dropped here]\n` : "";
		return note + kept.toString("utf8");
	}
}
