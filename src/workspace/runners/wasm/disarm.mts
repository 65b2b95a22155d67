// What is taken away from the child's JavaScript, so that Python which finds a
// way to a JavaScript object finds nothing there worth having. The flags of
// `child-process.ts` do the rest: no files, no processes, no eval.
import * as fs from "node:fs";
import { registerHooks } from "node:module";

const WITHOUT_NETWORK = [
	"WebSocket",
	"fetch",
	"EventSource",
	"XMLHttpRequest",
	"BroadcastChannel",
	"localStorage",
	"sessionStorage",
];

const DANGEROUS = [
	"child_process",
	"cluster",
	"dgram",
	"dns",
	"dns/promises",
	"http",
	"http2",
	"https",
	"inspector",
	"module",
	"net",
	"tls",
	"vm",
	"worker_threads",
];

const refuse = () => {
	throw new Error("not available here");
};

/** Before Pyodide loads: it would keep references to these. */
export function disarmGlobals(): void {
	// Python would see the path of this program in its environment.
	process.argv.length = 1;
	for (const name of WITHOUT_NETWORK) Reflect.deleteProperty(globalThis, name);
	// Pyodide asks for constants this way; the permission model refuses it.
	const constants = { fs: fs.constants };
	Reflect.set(process, "binding", () => ({ constants, ...constants }));
}

/** After Pyodide has loaded, before any foreign code runs. */
export function disarmNode(): void {
	const builtins = DANGEROUS.map((name) => process.getBuiltinModule(name));
	registerHooks({ resolve: refuse });
	for (const builtin of builtins) if (builtin) empty(builtin);
	const { versions, platform, version, argv } = process;
	const getuid = () => 0;
	Reflect.set(globalThis, "process", {
		versions,
		version,
		platform,
		argv: argv.slice(0, 1),
		getuid,
	});
}

function empty(target: object): void {
	for (const key of Reflect.ownKeys(target)) {
		const value: unknown = Reflect.get(target, key);
		if (typeof value !== "function") continue;
		if (value.prototype) emptyPrototype(value.prototype);
		Reflect.set(target, key, refuse);
	}
}

function emptyPrototype(prototype: object): void {
	for (const key of Reflect.ownKeys(prototype)) {
		const found = Reflect.getOwnPropertyDescriptor(prototype, key);
		if (typeof found?.value === "function" && found.writable)
			Reflect.set(prototype, key, refuse);
	}
}
