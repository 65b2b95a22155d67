// One Python that has imported what any of the programs imports, and forks a
// process for each: seconds of imports are spent once.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Task {
	readonly code: string;
	/** As the program's own messages call it. */
	readonly name: string;
	readonly arguments?: readonly string[];
	/** The folder it runs in. */
	readonly cwd: string;
	/** When it is killed. */
	readonly seconds?: number;
}

export interface Ran {
	/** Below zero: the signal that ended it. */
	readonly status: number;
	/** Its errors too. */
	readonly output: string;
}

export interface WarmPython {
	/** Each call is a process of its own; the caller says how many at once. */
	run(task: Task): Promise<Ran>;
	close(): void;
}

/** `codes`: whose imports are to be ready. */
export function warmPython(
	command: string,
	codes: readonly string[],
): WarmPython {
	const program = new URL("warm_python.py", import.meta.url).pathname;
	const python = spawn(command, ["-B", program], {
		stdio: ["pipe", "pipe", "inherit"],
		env: { ...process.env, MPLBACKEND: "Agg", OMP_NUM_THREADS: "1" },
	});
	// It has ended: whoever waits is told so below.
	python.stdin.on("error", () => {});
	const waiting = new Map<number, (ran: Ran) => void>();
	createInterface(python.stdout).on("line", (line) => {
		const { id, ...ran } = JSON.parse(line);
		waiting.get(id)?.(ran);
		waiting.delete(id);
	});
	const ended = once(python, "exit").then(([status, signal]) => {
		throw new Error(`the warm Python ended with ${status ?? signal}`);
	});
	ended.catch(() => {});
	const tell = (what: unknown) =>
		python.stdin.write(`${JSON.stringify(what)}\n`);
	tell(codes);
	let last = 0;
	return {
		run(task) {
			last += 1;
			const id = last;
			const answer = new Promise<Ran>((resolve) => waiting.set(id, resolve));
			tell({ arguments: [], seconds: 120, ...task, id });
			return Promise.race([answer, ended]);
		},
		close: () => void python.stdin.end(),
	};
}
