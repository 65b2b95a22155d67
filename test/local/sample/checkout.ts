// A working tree in a temporary folder, and the machine's Python to run it.
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fixLeak } from "../../../src/local/scripted-model/answers/code/fix.ts";
import { FLAWS } from "../../../src/local/scripted-model/answers/flaws.ts";

export type Files = Readonly<Record<string, string>>;

export const hasPython = (() => {
	try {
		execFileSync("python3", ["--version"], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
})();

export class Checkout {
	readonly folder = mkdtempSync(join(tmpdir(), "sample-"));

	write(files: Files): this {
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(dirname(join(this.folder, path)), { recursive: true });
			writeFileSync(join(this.folder, path), text);
		}
		return this;
	}

	python(...args: string[]): Promise<{ exit: number; output: string }> {
		const options = {
			cwd: this.folder,
			// Tests rewrite modules within a second: cached bytecode could be stale.
			env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: "1" },
		};
		return new Promise((resolve) =>
			execFile(
				"python3",
				["-W", "error", ...args],
				options,
				(error, out, err) =>
					resolve({ exit: error ? 1 : 0, output: out + err }),
			),
		);
	}

	remove() {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** The tree after `/fix all`: the leak and every fixable flaw. */
export function fixAll(
	files: Files,
	leak: { path: string; startLine: number },
) {
	const fixed = { ...files };
	const edit = fixLeak(fixed[leak.path] ?? "", leak.startLine);
	const edits = FLAWS.flatMap(({ path, fix }) =>
		fix.map((e) => ({ path, ...e })),
	);
	if (edit) edits.push({ path: leak.path, ...edit });
	for (const { path, quote, replacement } of edits) {
		const parts = (fixed[path] ?? "").split(quote);
		if (parts.length !== 2)
			throw new Error(`${path} holds the quote ${parts.length - 1} times`);
		fixed[path] = parts.join(replacement);
	}
	return fixed;
}
