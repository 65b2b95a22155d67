// Python in WebAssembly, in a process of its own: runs on any machine, with
// nothing installed. What it isolates and what not is in docs/runners.md.
import { rm } from "node:fs/promises";
import { inputBytes, tooLarge } from "./job-size.ts";
import { type JobEnd, judgeJob, refused } from "./judge-job.ts";
import type { Job, JobResult, Runner, SelfTest } from "./runner.ts";
import { MOST_COLLECTED_BYTES, transcript } from "./transcript.ts";
import { CHILD, runChild } from "./wasm/child-process.ts";
import { keptSnapshot } from "./wasm/kept-snapshot.ts";
import { probeIsolation } from "./wasm/self-test.ts";

export interface WasmOptions {
	/** The child's program. Another one must pass the same self-test. */
	readonly child?: URL;
}

interface Start {
	readonly snapshot: string | undefined;
	readonly test: SelfTest;
}

// One answer per program and process: the probes cost a start of Python. A
// failure is not kept, since a machine short of memory may recover.
const tested = new Map<string, Promise<Start>>();

export function wasmRunner({ child = CHILD }: WasmOptions = {}): Runner {
	const start = () => {
		const known = tested.get(child.href);
		if (known) return known;
		const fresh = testedStart(child);
		tested.set(child.href, fresh);
		void fresh.then(({ test }) => test.ok || tested.delete(child.href));
		return fresh;
	};
	return {
		name: "wasm",
		bare: true,
		selfTest: async () => (await start()).test,
		async run(job, signal) {
			const { test, snapshot } = await start();
			if (!test.ok) return refused("unavailable", test.reason);
			return runJob({ child, snapshot }, job, signal);
		},
	};
}

/** From a snapshot if that passes the probes, or else the long way. */
async function testedStart(child: URL): Promise<Start> {
	const probe = async (snapshot: string | undefined) => ({
		snapshot,
		test: await probeIsolation((job) => runJob({ child, snapshot }, job)),
	});
	const snapshot = await keptSnapshot(child);
	const quick = await probe(snapshot);
	if (quick.test.ok || !snapshot) return quick;
	await rm(snapshot, { force: true });
	return probe(undefined);
}

async function runJob(
	{ child, snapshot }: { child: URL; snapshot: string | undefined },
	job: Job,
	signal?: AbortSignal,
): Promise<JobResult> {
	const large = tooLarge(inputBytes(job), "wasm");
	if (large) return large;
	const began = performance.now();
	const said = transcript(job);
	const end = await runChild({
		child,
		header: {
			snapshot,
			files: [...job.files.keys()],
			later: job.later,
			commands: job.commands,
			collect: job.collect,
			collectBytes: MOST_COLLECTED_BYTES,
		},
		files: job.files.values(),
		seconds: job.limits.seconds,
		memoryMb: job.limits.memoryMb,
		signal,
		take: said.take,
		whenLoaded: said.whenLoaded,
	}).catch((fault: unknown): JobEnd => {
		return { ending: "did not start", complaint: String(fault) };
	});
	return {
		...judgeJob(job, said, end, "Python in WebAssembly"),
		commands: said.commands(),
		files: said.files,
		seconds: (performance.now() - began) / 1_000,
	};
}
