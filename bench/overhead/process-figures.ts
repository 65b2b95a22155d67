// What Linux counts of one process, and of it alone.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Seconds of processor time, its own threads' only, not its children's. */
export function cpuSecondsOf(pid: number): number {
	const text = readFileSync(`/proc/${pid}/stat`, "utf8");
	// The name in parentheses may hold blanks; the third field follows it.
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond();
}

/** The most memory it ever held, in megabytes of 1,048,576 bytes, as `ps` and `top` count. */
export function peakRssMbOf(pid: number): number {
	const text = readFileSync(`/proc/${pid}/status`, "utf8");
	const kib = Number(/^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1]);
	return kib / 1_024;
}

let ticks: number | undefined;

function ticksPerSecond(): number {
	ticks ??= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
	return ticks;
}
