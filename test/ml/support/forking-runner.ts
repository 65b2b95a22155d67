// As the runner for tests, but each command is a fork of a Python that runs
// already: an evaluation starts some twenty of them. What the code does not
// close is not written.
import type { Runner } from "../../../src/workspace/runners/runner.ts";
import { type WarmPython, warmPython } from "../../support/warm-python.ts";
import { pythonRunner } from "./python-runner.ts";

/** `imports`: code that imports what is to be ready. */
export function forkingRunner(
	imports: string,
	servers = 2,
): Runner & { close(): void } {
	const all = Array.from({ length: servers }, () => warmPython([imports]));
	const free = all.map((python) => ({ python, last: Promise.resolve() }));
	let turn = 0;
	const run = (cwd: string, args: readonly string[]) => {
		const place = free[turn++ % free.length] as (typeof free)[number];
		const answer = place.last.then(() => runIn(place.python, cwd, args));
		place.last = answer.then(
			() => {},
			() => {},
		);
		return answer;
	};
	return {
		...pythonRunner(run),
		close: () => {
			for (const python of all) python.close();
		},
	};
}

async function runIn(python: WarmPython, cwd: string, args: readonly string[]) {
	const code = `import runpy, sys
sys.argv = ${JSON.stringify(args)}
sys.path.insert(0, "")
runpy.run_path(sys.argv[0], run_name="__main__")`;
	const { status, output } = await python.run(code, cwd);
	return { args, exit: status, output, seconds: 0 };
}
