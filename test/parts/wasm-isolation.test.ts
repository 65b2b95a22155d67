import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../src/workspace/runners/runner.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";

const WASM = fileURLToPath(
	new URL("../../src/workspace/runners/wasm/", import.meta.url),
);

/** The child with one of its protections taken out of its source. */
function weakened(edits: [file: string, text: string, instead: string][]): URL {
	const folder = join(mkdtempSync(join(tmpdir(), "weak-")), "wasm");
	cpSync(WASM, folder, { recursive: true });
	for (const [file, text, instead] of edits) {
		const path = join(folder, file);
		const source = readFileSync(path, "utf8");
		if (!source.includes(text)) throw new Error(`${file} has no ${text}`);
		writeFileSync(path, source.replace(text, instead));
	}
	return pathToFileURL(join(folder, "child.mts"));
}

const CONNECT =
	'(await import("node:net")).connect(Number(header.commands[0]?.[1]), "127.0.0.1")';

describe("the self-test", { timeout: 60_000 }, () => {
	it("passes with every protection in place", async () => {
		expect(await wasmRunner().selfTest()).toMatchObject({ ok: true });
	});

	it("notices each protection that is missing, and then nothing runs", async () => {
		const child = weakened([
			["python.mts", '["js", "pyodide_js"]', "[]"],
			["python.mts", "	closeBuiltins(pyodide);\n", ""],
			["forget_javascript.py", "\nforget()\n", "\n"],
			["load.mts", "	HOME:", "	HOST_SECRET: 'x',\n	HOME:"],
			["child.mts", "	disarmNode();\n", `	${CONNECT};\n`],
		]);
		const result = await wasmRunner({ child }).run({
			files: new Map(),
			commands: [["-c", "print(1)"]],
			collect: [],
			limits: DEFAULT_LIMITS,
		});
		expect(result.status).toBe("unavailable");
		expect(result.commands).toEqual([]);
		for (const leak of [
			"import pyodide js",
			"find javascript objects",
			"raw memory",
			"a connection to this machine",
			"the variable HOST_SECRET",
		])
			expect(result.reason).toContain(leak);
	});
});
