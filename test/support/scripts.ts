// Scripts of the skills, run as a person would: arguments in, JSON out. One
// Python has imported their libraries, and each run is a process of its own.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { findPython } from "../../src/cli/skills/check/python.ts";
import {
	type Ran,
	type WarmPython,
	warmPython,
} from "../../src/cli/skills/check/warm-python.ts";
import { importedModules } from "../../src/skills/imports.ts";
import { readFileOf } from "../../src/skills/shelf.ts";

export interface Scripts {
	/** Python, and all that the named scripts import, are on this machine. */
	has(...scripts: readonly string[]): boolean;
	run(script: string, args: readonly string[]): Promise<Ran>;
	/** What it prints, as JSON. */
	answer(script: string, ...args: readonly string[]): Promise<Answer>;
	/** The path of a new file. */
	table(name: string, lines: readonly string[]): Promise<string>;
	/** Whether a script has left a PNG of that name that is more than a blank page. */
	isPicture(name: string): Promise<boolean>;
}

// biome-ignore lint/suspicious/noExplicitAny: each script has its own shape
type Answer = any;

/** `scripts`: such as `scikit-learn/scripts/choose_splitter.py`. Optional libraries may lack. */
export function useScripts(
	scripts: readonly string[],
	optional: readonly string[],
): Scripts {
	const codes = new Map(scripts.map((script) => [script, codeOf(script)]));
	const needs = (script: string) =>
		[...importedModules(codes.get(script) ?? "")].filter(
			(name) => !optional.includes(name),
		);
	const found = findPython([...new Set(scripts.flatMap(needs))]);
	let python: WarmPython | undefined;
	let folder = "";
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "skill-script-"));
		if (found) python = warmPython(found.command, [...codes.values()]);
	});
	afterAll(async () => {
		python?.close();
		await rm(folder, { recursive: true, force: true });
	});
	async function run(script: string, args: readonly string[]): Promise<Ran> {
		if (!python) throw new Error("there is no Python on this machine");
		const code = codes.get(script) ?? "";
		return python.run({ code, name: script, arguments: args, cwd: folder });
	}
	return {
		has: (...names) =>
			found !== undefined &&
			names.flatMap(needs).every((name) => !found.missing.has(name)),
		run,
		answer: async (script, ...args) =>
			JSON.parse((await run(script, args)).output),
		async table(name, lines) {
			const path = join(folder, name);
			await writeFile(path, `${lines.join("\n")}\n`);
			return path;
		},
		async isPicture(name) {
			const bytes = await readFile(join(folder, name));
			return bytes.toString("latin1", 1, 4) === "PNG" && bytes.length > 8_000;
		},
	};
}

function codeOf(script: string): string {
	const [skill = "", ...file] = script.split("/");
	return readFileOf(skill, file.join("/"));
}
