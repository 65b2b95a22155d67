import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Megabytes of memory a process holds; 0 when it is gone or cannot be asked. */
export async function residentMb(pid: number): Promise<number> {
	try {
		if (process.platform === "linux") {
			const status = await readFile(`/proc/${pid}/status`, "utf8");
			return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
		}
		const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
		return Number(stdout.trim()) / 1_024;
	} catch {
		return 0;
	}
}
