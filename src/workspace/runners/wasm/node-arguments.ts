// How the wasm runner starts Node: it may read Pyodide and its own program,
// and may do nothing else with the machine.
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

export function nodeArguments(
	program: URL,
	...alsoRead: readonly string[]
): string[] {
	const path = realpathSync(program);
	const readable = [pyodideFolder(), folderOf(path), ...alsoRead];
	return [
		"--permission",
		"--disallow-code-generation-from-strings",
		"--disable-warning=SecurityWarning",
		...readable.map((one) => `--allow-fs-read=${one}`),
		path,
	];
}

export const pyodideFolder = () =>
	folderOf(createRequire(import.meta.url).resolve("pyodide/package.json"));

export const folderOf = (path: string) => `${realpathSync(dirname(path))}/`;
