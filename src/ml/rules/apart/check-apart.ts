// The rules in a process of their own: following the data through a stranger's
// repository takes seconds of computing and hundreds of megabytes, and neither
// the other runs nor a webhook shall wait for it, or fall with it.
import { type ChildProcess, fork } from "node:child_process";
import type { Inspection } from "../inspect.ts";
import type { RuleContext } from "../rule.ts";

export interface Question {
	readonly files: ReadonlyMap<string, string>;
	readonly context: RuleContext;
}

export interface Checked extends Inspection {
	/** A sentence, when the rules could not look to the end: then there are no hits. */
	readonly unfinished?: string;
}

export interface CheckLimits {
	readonly milliseconds: number;
	readonly megabytes: number;
}

const LIMITS: CheckLimits = { milliseconds: 60_000, megabytes: 700 };
/** One phase's checks follow each other; starting the process takes longer than most of them. */
const IDLE_MS = 20_000;
const CHILD = new URL("./checking-process.ts", import.meta.url);

let running: ChildProcess | undefined;
let idle: NodeJS.Timeout | undefined;
let line: Promise<unknown> = Promise.resolve();

/** One after the other, in order of asking. Must not throw. */
export function checkApart(
	question: Question,
	limits = LIMITS,
): Promise<Checked> {
	const answer = line.then(() => ask(question, limits));
	line = answer;
	return answer;
}

function ask(question: Question, limits: CheckLimits): Promise<Checked> {
	clearTimeout(idle);
	const child = running ?? start(limits);
	return new Promise((resolve) => {
		const end = (checked: Checked) => {
			clearTimeout(clock);
			child.removeAllListeners();
			if (checked.unfinished) discard(child);
			else rest(child);
			resolve(checked);
		};
		const fail = (why: string) =>
			end({
				...{ hits: [], suppressed: [], skipped: [] },
				unfinished: `The rules could not look at this code: ${why}.`,
			});
		const clock = setTimeout(
			() => fail(`it took longer than ${limits.milliseconds} ms`),
			limits.milliseconds,
		);
		child.once("message", (made) => end(made as Inspection));
		child.once("error", ({ message }) => fail(message));
		child.once("exit", (code, signal) =>
			fail(
				`its process ended (${signal ?? code}); it may take ${limits.megabytes} MB`,
			),
		);
		child.ref();
		child.channel?.ref();
		child.send(question, (fault) => fault && fail(fault.message));
	});
}

function start({ megabytes }: CheckLimits): ChildProcess {
	const { NODE_COMPILE_CACHE } = process.env;
	running = fork(CHILD, {
		execArgv: [`--max-old-space-size=${megabytes}`],
		env: NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {},
		// What a stranger's file makes a library print is nobody's business.
		stdio: ["ignore", "ignore", "ignore", "ipc"],
		serialization: "advanced",
	});
	return running;
}

/** Kept for the next question, without keeping this process alive. */
function rest(child: ChildProcess): void {
	child.unref();
	child.channel?.unref();
	idle = setTimeout(() => discard(child), IDLE_MS).unref();
	child.once("exit", () => discard(child));
}

function discard(child: ChildProcess): void {
	if (running === child) running = undefined;
	child.kill("SIGKILL");
}
