import { spawnSync } from "node:child_process";

/** The first on the path, and Debian's own, which has the libraries its packages bring. */
const PYTHONS = ["python3", "/usr/bin/python3"] as const;

export interface Python {
	readonly command: string;
	/** Of the modules asked for. */
	readonly missing: ReadonlySet<string>;
}

/** The one that has the most of the modules; undefined when there is no Python at all. */
export function findPython(modules: readonly string[]): Python | undefined {
	return PYTHONS.flatMap((command) => {
		const missing = missingIn(command, modules);
		return missing ? [{ command, missing: new Set(missing) }] : [];
	}).sort((a, b) => a.missing.size - b.missing.size)[0];
}

function missingIn(
	command: string,
	modules: readonly string[],
): string[] | undefined {
	const ask = `import importlib.util, json, sys
print(json.dumps([m for m in sys.argv[1:] if not importlib.util.find_spec(m)]))`;
	const { status, stdout } = spawnSync(command, ["-c", ask, ...modules]);
	return status === 0 ? JSON.parse(String(stdout)) : undefined;
}
