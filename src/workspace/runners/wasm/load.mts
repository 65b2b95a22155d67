// Loads Pyodide, either by starting Python or from a snapshot of its memory
// that `take-snapshot.mts` took right after such a start: six times as quick.
import { disarmGlobals } from "./disarm.mts";
import type { Pyodide } from "./python.mts";

const ENVIRONMENT = {
	HOME: "/home/pyodide",
	LANG: "C.UTF-8",
	PYTHONHASHSEED: "0",
};

/** Pyodide's own names for what they call experimental. */
export type Start =
	| { _makeSnapshot: true }
	| { _loadSnapshot: Uint8Array }
	| Record<never, never>;

/** `directory`: the URL of the pyodide package's folder. */
export async function loadPython(
	directory: string,
	start: Start,
): Promise<Pyodide> {
	disarmGlobals();
	const { loadPyodide } = await import(`${directory}pyodide.mjs`);
	const quiet = () => {};
	const python: Pyodide = await loadPyodide({
		...start,
		jsglobals: Object.create(null),
		env: ENVIRONMENT,
		stdin: () => null, // The end: the child's is the pipe the job came through.
		stdout: quiet,
		stderr: quiet,
	});
	// Python looks for the host's randomness at its first use, which after a
	// snapshot would come too late: no module can be loaded by then.
	python.runPython("import os; os.urandom(1)");
	return python;
}
