// A profile made in a thread of its own, which is ended when it takes too long
// or too much: a few bytes of a hostile file can ask for gigabytes, and nobody
// else shall wait while a large one is read. One thread at a time: what one may
// take is most of what a server has left.
import { Worker } from "node:worker_threads";
import type { DataProfile } from "../../reports/data.ts";
import type { TableFault } from "../table/table.ts";
import { takePlace } from "./one-place.ts";

export interface ThreadLimits {
	readonly milliseconds: number;
	readonly megabytes: number;
}

const LIMITS: ThreadLimits = { milliseconds: 60_000, megabytes: 512 };
const LOOK_EVERY_MS = 50;
const THREAD = new URL("./profile-thread.ts", import.meta.url);

/** Must not throw. */
export async function profileApart(
	path: string,
	bytes: Uint8Array,
	limits = LIMITS,
): Promise<DataProfile | TableFault> {
	const leave = await takePlace(limits.milliseconds);
	if (!leave)
		return {
			path,
			fault: `${path} cannot be profiled now: other tables are being read; ask for it again later`,
		};
	try {
		const worker = new Worker(THREAD, {
			workerData: { path, bytes },
			env: {},
			resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
			// What a library prints about a stranger's file is nobody's business.
			stdout: true,
			stderr: true,
		});
		const result = await resultOf(worker, path, limits);
		await worker.terminate();
		return result;
	} finally {
		leave();
	}
}

function resultOf(
	worker: Worker,
	path: string,
	limits: ThreadLimits,
): Promise<DataProfile | TableFault> {
	return new Promise((resolve) => {
		const end = (result: DataProfile | TableFault) => {
			clearTimeout(clock);
			clearInterval(watch);
			resolve(result);
		};
		const fault = (why: string) =>
			end({ path, fault: `${path} cannot be profiled: ${why}` });
		const clock = setTimeout(
			() => fault(`it takes longer than ${limits.milliseconds} ms`),
			limits.milliseconds,
		);
		const watch = setInterval(() => {
			// The limits of a thread do not count what lies outside its heap.
			worker.getHeapStatistics().then(
				({ external_memory, used_heap_size }) => {
					if (external_memory + used_heap_size > limits.megabytes * 1_048_576)
						fault(`it takes more than ${limits.megabytes} MB`);
				},
				() => {}, // It has ended by now.
			);
		}, LOOK_EVERY_MS);
		worker.once("message", end);
		worker.once("error", (error) =>
			fault(error instanceof Error ? error.message : String(error)),
		);
		worker.once("exit", () => fault("it ended without a word"));
	});
}
