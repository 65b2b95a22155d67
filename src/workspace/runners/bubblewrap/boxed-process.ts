// Starts a box, feeds it its job and watches it from outside. Not a byte of a
// job touches the host's disk.
import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { type Ending, type JobEnd, lastLine } from "../judge-job.ts";
import { keepTime } from "../keep-time.ts";
import { STREAMS } from "./box-arguments.ts";
import { withRemedy } from "./remedy.ts";

const LOAD_SECONDS = 60;
/** For a box whose first process was killed to be buried by bwrap. */
const BURIAL_MS = 2_000;

/** A user that nothing else runs as: root in a box is root outside of it. */
const BOX_USER = 64_917;

export interface BoxedJob {
	/** What bwrap is told. */
	readonly box: readonly string[];
	readonly filter: Uint8Array;
	readonly frames: Iterable<Uint8Array>;
	readonly seconds: number;
	readonly signal: AbortSignal | undefined;
	/** Takes what the box writes; false means it must be stopped. */
	readonly take: (chunk: Uint8Array) => boolean;
	/** Whether it has said all: then its commands are dead, and it is about to end. */
	readonly isDone: () => boolean;
	readonly whenLoaded: Promise<void>;
}

/** Must not throw: a box that cannot be started "did not start". */
export async function runBoxed(job: BoxedJob): Promise<JobEnd> {
	const user = boxUser();
	const bwrap = spawn("bwrap", job.box, {
		...(process.getuid?.() === 0 ? user : {}),
		cwd: "/",
		env: { PATH: process.env.PATH },
		stdio: Array(7).fill("pipe"),
	});
	let ending: Ending | undefined;
	let complaint = "";
	const kill = killer(bwrap);
	const stop = (why: Ending) => {
		ending ??= why;
		kill();
	};
	const over = new Promise<void>((resolve) => {
		bwrap.stdout?.on("data", (chunk: Buffer) => {
			if (!job.take(chunk)) stop("ended");
			if (!job.isDone()) return;
			setTimeout(kill, BURIAL_MS).unref();
			resolve();
		});
		bwrap.once("error", (fault) => {
			complaint = fault.message;
			stop("did not start");
			resolve();
		});
		bwrap.once("close", () => resolve());
	});
	bwrap.stderr?.on("data", (text: Buffer) => {
		complaint = `${complaint}${text.toString("utf8")}`.slice(-4_000);
	});
	const unwatch = keepTime({ ...job, loadSeconds: LOAD_SECONDS }, stop);
	feed(bwrap, job, user);
	await over;
	unwatch();
	return {
		ending: ending ?? "ended",
		complaint: withRemedy(lastLine(complaint)),
	};
}

function boxUser() {
	const root = process.getuid?.() === 0;
	const uid = root ? BOX_USER : (process.getuid?.() ?? 0);
	const gid = root ? BOX_USER : (process.getgid?.() ?? 0);
	return { uid, gid };
}

function feed(
	bwrap: ChildProcess,
	{ filter, frames }: BoxedJob,
	{ uid, gid }: ReturnType<typeof boxUser>,
): void {
	for (const stream of bwrap.stdio) stream?.on("error", () => {}); // It may end before it has read all.
	const give = (number: number, bytes: string | Uint8Array) =>
		streamOf(bwrap, number)?.end(bytes);
	give(STREAMS.filter, filter);
	give(STREAMS.passwd, `box:x:${uid}:${gid}::/home/box:/bin/sh\n`);
	give(STREAMS.group, `box:x:${gid}:\n`);
	for (const frame of frames) bwrap.stdin?.write(frame);
	bwrap.stdin?.end();
}

/**
 * Kills the box's first process, and with it all others; bwrap then buries it
 * and ends. Killed itself, bwrap would leave a zombie to this machine's init.
 */
function killer(bwrap: ChildProcess): () => void {
	let about = "";
	streamOf(bwrap, STREAMS.about)?.on("data", (text) => {
		about += text;
	});
	return () => {
		if (bwrap.exitCode !== null || bwrap.signalCode !== null) return;
		const first = Number(/"child-pid": (\d+)/.exec(about)?.[1]);
		if (!first || !killed(first)) bwrap.kill("SIGKILL");
		setTimeout(() => bwrap.kill("SIGKILL"), BURIAL_MS).unref();
	};
}

function killed(pid: number): boolean {
	try {
		return process.kill(pid, "SIGKILL");
	} catch {
		return false;
	}
}

const streamOf = ({ stdio }: ChildProcess, number: number) =>
	(stdio as readonly unknown[])[number] as Duplex | null;
