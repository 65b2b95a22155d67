// What a box of the bubblewrap runner costs, held against starting the same
// interpreter bare, turn by turn; and whether its probes are all refused.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { findInterpreter } from "../src/workspace/runners/bubblewrap/interpreter.ts";
import { probeBox } from "../src/workspace/runners/bubblewrap/self-test.ts";
import { bubblewrapRunner } from "../src/workspace/runners/bubblewrap.ts";
import { ANSWERS } from "../src/workspace/runners/judge-probes.ts";
import { DEFAULT_LIMITS, type Job } from "../src/workspace/runners/runner.ts";
import type { Measured } from "./measured.ts";

const runner = bubblewrapRunner();
const PASS = ["-c", "pass"];

/** `--runs 40`: how often each is started. */
export async function measureSandbox(
	args: readonly string[],
): Promise<Measured> {
	const { values } = parseArgs({
		args: [...args],
		options: { runs: { type: "string", default: "40" } },
	});
	const runs = Math.max(5, Number(values.runs));
	const test = await runner.selfTest();
	if (!test.ok) throw new Error(test.reason);
	const { path } = await findInterpreter("/usr/bin/python3");
	const times = { bare: [] as number[], box: [] as number[] };
	for (let i = 0; i < runs; i++) {
		times.bare.push(await timeOf(() => bare(path)));
		times.box.push(await timeOf(() => boxed(new Map())));
	}
	const files = largeRepository();
	const large = [];
	for (let i = 0; i < 5; i++) large.push(await timeOf(() => boxed(files)));
	const figures = {
		runs,
		bareP50Ms: quantile(times.bare, 0.5),
		startP50Ms: quantile(times.box, 0.5),
		startP95Ms: quantile(times.box, 0.95),
		ratio: rounded(quantile(times.box, 0.5) / quantile(times.bare, 0.5)),
		start50MbMs: quantile(large, 0.5),
		...(await probe()),
	};
	const table = [
		`${runs} starts each, turn by turn: bare Python ${figures.bareP50Ms} ms (p50)`,
		`in a box ${figures.startP50Ms} ms (p50), ${figures.startP95Ms} ms (p95): ${figures.ratio} times`,
		`with 500 files of 50 MB in all ${figures.start50MbMs} ms`,
		`${figures.probes} probes, ${figures.escapes} of them reached something; all in ${figures.selfTestMs} ms`,
	].join("\n");
	return { figures, table };
}

async function bare(python: string): Promise<void> {
	const child = spawn(python, PASS, { env: {}, stdio: "ignore" });
	const [status] = await once(child, "exit");
	if (status !== 0) throw new Error(`Bare Python ended with ${status}.`);
}

async function boxed(files: Job["files"]): Promise<void> {
	const job = { files, commands: [PASS], collect: [], limits: DEFAULT_LIMITS };
	const { status, reason } = await runner.run(job);
	if (status !== "ok") throw new Error(reason);
}

async function probe() {
	const began = performance.now();
	let reached: boolean[] = [];
	const test = await probeBox(async (job) => {
		const result = await runner.run(job);
		const answers = result.files.get(ANSWERS);
		if (answers) reached = outcomes(new TextDecoder().decode(answers));
		return result;
	});
	const escapes = reached.filter(Boolean).length;
	return {
		probes: reached.length,
		escapes: test.ok ? escapes : Math.max(1, escapes),
		selfTestMs: Math.round(performance.now() - began),
	};
}

const outcomes = (answers: string): boolean[] =>
	Object.values<{ reached: boolean }>(JSON.parse(answers).probes).map(
		({ reached }) => reached,
	);

const largeRepository = (): Job["files"] =>
	new Map(
		Array.from({ length: 500 }, (_, i): [string, Uint8Array] => [
			`data/${i % 20}/${i}.csv`,
			new Uint8Array(100_000).fill(i),
		]),
	);

async function timeOf(work: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

function quantile(times: readonly number[], share: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
	return rounded(sorted[at] ?? Number.NaN);
}

const rounded = (value: number) => Number(value.toFixed(2));
