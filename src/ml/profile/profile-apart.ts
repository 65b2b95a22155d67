// A profile made in a thread of its own, which is ended when it takes too long
// or too much: a few bytes of a hostile file can ask for gigabytes, and nobody
// else shall wait while a large one is read.
import { Worker } from "node:worker_threads";
import type { DataProfile } from "../../reports/data.ts";
import type { TableFault } from "../table/table.ts";

export interface ThreadLimits {
	readonly milliseconds: number;
	readonly megabytes: number;
}

const LIMITS: ThreadLimits = { milliseconds: 60_000, megabytes: 512 };
const LOOK_EVERY_MS = 50;
const THREAD = new URL("./profile-thread.ts", import.meta.url);

/** Must not throw. */
export function profileApart(
	path: string,
	bytes: Uint8Array,
	limits = LIMITS,
): Promise<DataProfile | TableFault> {
	const worker = new Worker(THREAD, {
		workerData: { path, bytes },
		env: {},
		resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
		// What a library prints about a stranger's file is nobody's business.
		stdout: true,
		stderr: true,
	});
	return new Promise((resolve) => {
		const end = (result: DataProfile | TableFault) => {
			clearTimeout(clock);
			clearInterval(watch);
			void worker.terminate();
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
