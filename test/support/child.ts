// Child processes of tests: they say one line of JSON when they are ready, and
// can be sent messages.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

export interface Child {
	readonly child: ChildProcess;
	/** What it said when it was ready. */
	readonly said: Record<string, unknown>;
	/** kill -9 */
	kill(): Promise<void>;
}

export async function startChild(
	script: string,
	...args: string[]
): Promise<Child> {
	const path = new URL(script, import.meta.url).pathname;
	const child = spawn(process.execPath, [path, ...args], {
		stdio: ["ignore", "pipe", "inherit", "ipc"],
	});
	const line = await Promise.race([
		once(createInterface(child.stdout as Readable), "line"),
		once(child, "exit").then(([code]) => {
			throw new Error(`${script} ended with ${code} before it was ready`);
		}),
	]);
	return {
		child,
		said: JSON.parse(String(line[0])),
		async kill() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const exit = once(child, "exit");
			child.kill("SIGKILL");
			await exit;
		},
	};
}
