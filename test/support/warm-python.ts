// One Python that has imported what any of the snippets imports, and forks a
// process for each: seconds of imports are spent once.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { PYTHON } from "./python.ts";

export interface Ran {
	/** Below zero: the signal that ended it. */
	readonly status: number;
	/** Its errors too. */
	readonly output: string;
}

export interface WarmPython {
	/** One at a time. */
	run(code: string, cwd: string): Promise<Ran>;
	close(): void;
}

/** `codes`: whose imports are to be ready. */
export function warmPython(codes: readonly string[]): WarmPython {
	const program = new URL("warm_python.py", import.meta.url).pathname;
	const python = spawn(PYTHON, [program], {
		stdio: ["pipe", "pipe", "inherit"],
	});
	const said = createInterface(python.stdout);
	const ended = once(python, "exit").then(([status, signal]) => {
		throw new Error(`the warm Python ended with ${status ?? signal}`);
	});
	ended.catch(() => {});
	const tell = (what: unknown) =>
		python.stdin.write(`${JSON.stringify(what)}\n`);
	tell(codes);
	return {
		async run(code, cwd) {
			const answer = once(said, "line");
			tell({ code, cwd });
			const [line] = await Promise.race([answer, ended]);
			return JSON.parse(line);
		},
		close: () => void python.kill(),
	};
}
