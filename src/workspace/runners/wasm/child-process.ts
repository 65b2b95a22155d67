// Starts the child and watches it from outside: its clock, its memory, what it
// says. The only way to stop Python in WebAssembly is to kill its process.
import { type ChildProcess, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { type Ending, type JobEnd, lastLine } from "../judge-job.ts";
import { keepTime } from "../keep-time.ts";
import { frame, type JobHeader } from "./frames.mts";
import { nodeArguments, pyodideFolder } from "./node-arguments.ts";
import { residentMb } from "./resident-memory.ts";

export const CHILD = new URL("./child.mts", import.meta.url);

/** Starting Pyodide without a snapshot takes three seconds; a busy machine may need many more. */
const LOAD_SECONDS = 90;
const POLL_MS = 100;

export interface ChildOptions {
	readonly child: URL;
	readonly header: Omit<JobHeader, "pyodide">;
	readonly files: Iterable<Uint8Array>;
	readonly seconds: number;
	readonly memoryMb: number;
	readonly signal: AbortSignal | undefined;
	/** Takes what the child writes; false means it must be stopped. */
	readonly take: (chunk: Uint8Array) => boolean;
	/** Called by `take`'s owner once Python runs: the job's clock starts. */
	readonly whenLoaded: Promise<void>;
}

/** Must not throw: a child that cannot be started "did not start". */
export async function runChild(options: ChildOptions): Promise<JobEnd> {
	const child = start(options);
	let ending: Ending | undefined;
	let complaint = "";
	const stop = (why: Ending) => {
		ending ??= why;
		child.kill("SIGKILL");
	};
	const closed = new Promise<void>((resolve) => {
		child.once("error", (fault) => {
			complaint = fault.message;
			stop("did not start");
			resolve();
		});
		child.once("close", () => resolve());
	});
	child.stdin?.on("error", () => {}); // It may die before it has read all.
	child.stderr?.on("data", (text: Buffer) => {
		complaint = `${complaint}${text.toString("utf8")}`.slice(-4_000);
	});
	child.stdout?.on("data", (chunk: Buffer) => {
		if (!options.take(chunk)) stop("ended");
	});
	const unwatch = watch(child, options, stop);
	feed(child, options);
	await closed;
	unwatch();
	return { ending: ending ?? "ended", complaint: lastLine(complaint) };
}

function start({ child, header, seconds }: ChildOptions): ChildProcess {
	const node = nodeArguments(
		child,
		...(header.snapshot ? [header.snapshot] : []),
	);
	const options = { env: {}, cwd: "/", stdio: "pipe" } as const;
	if (process.platform === "win32")
		return spawn(process.execPath, node, options);
	// The kernel ends it even when this process is killed first, and takes it
	// before any other when the machine runs out of memory.
	const limits =
		'ulimit -c 0; ulimit -t "$0"; { echo 1000 > /proc/self/oom_score_adj; } 2>/dev/null; exec "$@"';
	const cpuSeconds = String(Math.ceil(60 + seconds * 1.5));
	const shell = ["-c", limits, cpuSeconds, process.execPath, ...node];
	return spawn("/bin/sh", shell, options);
}

function feed(child: ChildProcess, { header, files }: ChildOptions): void {
	const pyodide = pathToFileURL(pyodideFolder()).href;
	const text = JSON.stringify({ pyodide, ...header } satisfies JobHeader);
	child.stdin?.write(frame(0, new TextEncoder().encode(text)));
	for (const file of files) child.stdin?.write(frame(0, file));
	child.stdin?.end();
}

function watch(
	child: ChildProcess,
	options: ChildOptions,
	stop: (why: Ending) => void,
): () => void {
	const endTime = keepTime({ ...options, loadSeconds: LOAD_SECONDS }, stop);
	const poll = setInterval(async () => {
		const used = child.pid ? await residentMb(child.pid) : 0;
		if (used > options.memoryMb) stop("out of memory");
	}, POLL_MS);
	return () => {
		endTime();
		clearInterval(poll);
	};
}
