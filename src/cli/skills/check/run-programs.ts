// Complete programs, run as they stand, each in an empty folder of its own.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "./python.ts";
import { type WarmPython, warmPython } from "./warm-python.ts";

export interface Program {
	readonly name: string;
	readonly code: string;
	/** Top-level modules it cannot run without. */
	readonly requires: readonly string[];
}

export type Outcome =
	| { readonly state: "passed" }
	| { readonly state: "failed"; readonly output: string }
	| { readonly state: "skipped"; readonly lacking: readonly string[] };

const AT_ONCE = 3;

/** In the order of the programs; a failure is an outcome, not an error. */
export async function runPrograms(
	programs: readonly Program[],
): Promise<Outcome[]> {
	const needed = [...new Set(programs.flatMap((p) => p.requires))];
	const found = findPython(needed);
	const lacking = ({ requires }: Program) =>
		found ? requires.filter((name) => found.missing.has(name)) : ["Python"];
	const ready = programs.filter((p) => lacking(p).length === 0);
	const outcomes = new Map<Program, Outcome>(
		programs.map((p) => [p, { state: "skipped", lacking: lacking(p) }]),
	);
	if (found && ready.length > 0) {
		const codes = ready.map(({ code }) => code);
		const python = warmPython(found.command, codes);
		const waiting = ready.values();
		const work = async () => {
			for (const program of waiting)
				outcomes.set(program, await runOne(python, program));
		};
		try {
			await Promise.all(Array.from({ length: AT_ONCE }, work));
		} finally {
			python.close();
		}
	}
	return programs.flatMap((program) => outcomes.get(program) ?? []);
}

/** How many were skipped for want of which library. */
export function countLacking(
	outcomes: readonly Outcome[],
): Map<string, number> {
	const lacking = new Map<string, number>();
	for (const outcome of outcomes)
		if (outcome.state === "skipped")
			for (const name of outcome.lacking)
				lacking.set(name, (lacking.get(name) ?? 0) + 1);
	return lacking;
}

async function runOne(
	python: WarmPython,
	{ name, code }: Program,
): Promise<Outcome> {
	const cwd = await mkdtemp(join(tmpdir(), "snippet-"));
	try {
		const { status, output } = await python.run({ name, code, cwd });
		if (status === 0) return { state: "passed" };
		const how = status < 0 ? "was killed" : `ended with ${status}`;
		return { state: "failed", output: `${how}: ${output.trim()}` };
	} finally {
		await rm(cwd, { recursive: true, force: true });
	}
}
