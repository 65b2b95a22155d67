// As the runner for tests, but each command is a fork of a Python that runs
// already: an evaluation starts some twenty of them. What the code does not
// close is not written.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { warmPython } from "../../../src/cli/skills/check/warm-python.ts";
import type { Runner } from "../../../src/workspace/runners/runner.ts";
import { PYTHON } from "../../support/python.ts";
import { pythonRunner } from "./python-runner.ts";

/** `imports`: code that imports what is to be ready. */
export function forkingRunner(imports: string): Runner & { close(): void } {
	const python = warmPython(PYTHON, [imports]);
	return {
		...pythonRunner(async (cwd, args) => {
			const [name = "", ...after] = args;
			const isCode = name === "-c";
			const code = isCode
				? (after[0] ?? "")
				: await readFile(join(cwd, name), "utf8");
			const rest = isCode ? after.slice(1) : after;
			const ran = await python.run({ code, name, arguments: rest, cwd });
			return { args, exit: ran.status, output: ran.output, seconds: 0 };
		}),
		close: () => python.close(),
	};
}
