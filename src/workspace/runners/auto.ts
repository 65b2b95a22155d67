// Which runner a tree goes to: the first that works here and has what its code
// imports; they stand in the order of how little they leave to be trusted.
import { refused } from "./judge-job.ts";
import type { Job, Runner, SelfTest } from "./runner.ts";
import { importsOf } from "./suites.ts";

export type RunnerName = Runner["name"];

export function autoRunner(candidates: readonly Runner[]): Runner {
	const choose = async (files: Job["files"]) => pick(candidates, files);
	return {
		name: "auto",
		candidates,
		choose,
		async selfTest() {
			const tests = await Promise.all(candidates.map((one) => one.selfTest()));
			return tests.find(({ ok }) => ok) ?? none(candidates, tests);
		},
		run: async (job, signal) => (await choose(job.files)).run(job, signal),
	};
}

/** The repository's own runners are the last choice, where the operator leaves it. */
export const withActions = (runner: Runner, actions: Runner): Runner =>
	runner.name === "auto"
		? autoRunner([...(runner.candidates ?? []), actions])
		: runner.name === "actions"
			? actions
			: runner;

/** The runner that a tree goes to, where there is a choice. */
export const runnerFor = async (
	runner: Runner,
	files: Job["files"],
): Promise<Runner> => (await runner.choose?.(files)) ?? runner;

/** What a repository asks for, as far as this server offers it. */
export function runnerNamed(runner: Runner, wanted: RunnerName): Runner {
	if (wanted === "auto" || wanted === runner.name) return runner;
	const named = runner.candidates?.find(({ name }) => name === wanted);
	if (named) return named;
	const offered = runner.candidates?.map(({ name }) => name) ?? [runner.name];
	const reason = `This repository asks for the ${wanted} runner, which this server does not offer; it offers ${offered.join(" and ")}.`;
	return unavailable(wanted, reason);
}

async function pick(
	candidates: readonly Runner[],
	files: Job["files"],
): Promise<Runner> {
	const wanted = importsOf(files);
	const tests: SelfTest[] = [];
	let best: { runner: Runner; lacks: number } | undefined;
	for (const runner of candidates) {
		const test = await runner.selfTest();
		tests.push(test);
		if (!test.ok) continue;
		const { modules } = test;
		const lacks = modules ? wanted.difference(modules).size : 0;
		if (!best || lacks < best.lacks) best = { runner, lacks };
		if (lacks === 0) break;
	}
	if (!best) {
		const { reason } = none(candidates, tests);
		return unavailable("auto", reason);
	}
	const others = whyNot(candidates, tests);
	return best.lacks > 0 && others ? { ...best.runner, others } : best.runner;
}

function none(candidates: readonly Runner[], tests: readonly SelfTest[]) {
	const reason = `No runner works on this machine. ${whyNot(candidates, tests)}`;
	return { ok: false as const, reason };
}

const whyNot = (candidates: readonly Runner[], tests: readonly SelfTest[]) =>
	tests
		.map((test, i) => (test.ok ? "" : `${candidates[i]?.name}: ${test.reason}`))
		.filter((reason) => reason !== "")
		.join(" ");

export const unavailable = (name: Runner["name"], reason: string): Runner => ({
	name,
	selfTest: async () => ({ ok: false, reason }),
	run: async () => refused("unavailable", reason),
});
