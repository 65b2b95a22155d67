// What is taken away from Python itself: its ways to JavaScript, to host
// folders and to raw memory.

/** The part of Pyodide's interface that the child uses. */
export interface Pyodide {
	FS: {
		filesystems: Record<string, unknown>;
		mkdirTree(path: string): void;
		writeFile(path: string, data: Uint8Array): void;
		readFile(path: string): Uint8Array;
		lstat(path: string): { mode: number; size: number };
		isFile(mode: number): boolean;
	};
	_module: {
		HEAPU32: Uint32Array;
		HEAPU8: Uint8Array;
		_PyImport_Inittab: number;
	} & Record<string, unknown>;
	globals: { get(name: string): unknown };
	runPython(code: string, options?: object): unknown;
	setStdout(options: { write(bytes: Uint8Array): number }): void;
	setStderr(options: { write(bytes: Uint8Array): number }): void;
	unregisterJsModule(name: string): void;
	makeMemorySnapshot(): Uint8Array;
}

// Built-in modules that hand out raw memory or functions of the host: with
// them Python calls any JavaScript import of the interpreter by its name.
const RAW = [
	"_ctypes",
	"_pyodide_core",
	"_remote_debugging",
	"_testcapi",
	"_testinternalcapi",
	"_testlimitedcapi",
	"_testclinic",
	"_testclinic_limited",
	"_xxtestfuzz",
];

export type Run = (
	root: string,
	args: readonly string[],
) => [exit: number, why: "" | "memory"];

/** Returns the function that runs one command line. */
export function disarmPython(
	pyodide: Pyodide,
	read: (name: string) => string,
): Run {
	delete pyodide.FS.filesystems.NODEFS;
	delete pyodide._module.NODEFS;
	for (const name of ["js", "pyodide_js"]) pyodide.unregisterJsModule(name);
	for (const name of [
		"forget_javascript.py",
		"event_loop.py",
		"run_command.py",
	])
		pyodide.runPython(read(name), { filename: "<runner>" });
	closeBuiltins(pyodide);
	const run = pyodide.globals.get("run_command") as (
		...args: Parameters<Run>
	) => { toJs(): ReturnType<Run> };
	return (root, args) => run(root, args).toJs();
}

/**
 * Empties entries of CPython's table of built-in modules: an entry without an
 * initialiser gives an empty module. The interpreter works on a copy of the
 * table, so every place that starts like the table is treated as one.
 */
function closeBuiltins({ _module }: Pyodide): void {
	const { HEAPU32: words, HEAPU8: bytes } = _module;
	const table = (words[_module._PyImport_Inittab >>> 2] ?? 0) >>> 2;
	const start = words.slice(table, table + 8);
	const copies: number[] = [];
	for (let at = words.indexOf(start[0] ?? 0); at >= 0; ) {
		if (start.every((word, index) => words[at + index] === word))
			copies.push(at);
		at = words.indexOf(start[0] ?? 0, at + 1);
	}
	for (const copy of copies)
		for (let entry = copy; words[entry]; entry += 2) {
			const name = textAt(bytes, words[entry] ?? 0);
			if (RAW.includes(name)) words[entry + 1] = 0;
		}
}

function textAt(bytes: Uint8Array, at: number): string {
	return new TextDecoder().decode(bytes.subarray(at, bytes.indexOf(0, at)));
}
