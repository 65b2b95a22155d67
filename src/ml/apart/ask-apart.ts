// Heavy work on strangers' files in a process of its own: it takes seconds of
// computing and hundreds of megabytes, and neither the other runs nor a webhook
// shall wait for it, or fall with it. The other side is answer.ts.
import { type ChildProcess, fork } from "node:child_process";

export interface Workplace {
	/** What the process runs. */
	readonly program: URL;
	readonly megabytes: number;
}

export interface Asking {
	readonly milliseconds?: number | undefined;
	readonly signal?: AbortSignal | undefined;
	/** What the work may ask for meanwhile. */
	readonly serve?: (request: unknown) => Promise<unknown>;
}

/** A fault says in words why there is no answer. */
export type Outcome<A> =
	| { readonly answer: A; readonly fault?: undefined }
	| { readonly fault: string };

export type ToWork =
	| { question: unknown }
	| { reply: number; value: unknown }
	| { reply: number; fault: string };
export type FromWork =
	| { answer: unknown }
	| { fault: string }
	| { ask: number; request: unknown };

/** Starting a process takes longer than most of the work, which comes in bursts. */
const IDLE_MS = 20_000;
const resting = new Map<string, ChildProcess[]>();

/** Must not throw. */
export function askApart<A>(
	place: Workplace,
	question: unknown,
	{ milliseconds, signal, serve }: Asking = {},
): Promise<Outcome<A>> {
	const child = resting.get(place.program.href)?.pop() ?? start(place);
	return new Promise((resolve) => {
		const end = (outcome: Outcome<A>) => {
			clearTimeout(clock);
			signal?.removeEventListener("abort", abort);
			child.removeAllListeners();
			if ("answer" in outcome) rest(child, place);
			else child.kill("SIGKILL");
			resolve(outcome);
		};
		const fail = (fault: string) => end({ fault });
		const abort = () => fail("it was stopped");
		const clock =
			milliseconds === undefined
				? undefined
				: setTimeout(
						() => fail(`it took longer than ${milliseconds} ms`),
						milliseconds,
					);
		const say = (message: ToWork) =>
			child.send(message, (fault) => fault && fail(fault.message));
		child.on("message", (message: FromWork) => {
			if ("answer" in message) end({ answer: message.answer as A });
			else if ("fault" in message) fail(message.fault);
			else
				serve?.(message.request).then(
					(value) => say({ reply: message.ask, value }),
					(error) => say({ reply: message.ask, fault: String(error) }),
				);
		});
		child.once("error", ({ message }) => fail(message));
		child.once("exit", (code, killed) =>
			fail(
				`its process ended (${killed ?? code}); it may take ${place.megabytes} MB`,
			),
		);
		if (signal?.aborted) return abort();
		signal?.addEventListener("abort", abort);
		child.ref();
		child.channel?.ref();
		say({ question });
	});
}

function start({ program, megabytes }: Workplace): ChildProcess {
	const { NODE_COMPILE_CACHE } = process.env;
	return fork(program, {
		execArgv: [`--max-old-space-size=${megabytes}`],
		env: NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {},
		// What a stranger's file makes a library print is nobody's business.
		stdio: ["ignore", "ignore", "ignore", "ipc"],
		serialization: "advanced",
	});
}

/** Kept for the next question, without keeping this process alive. */
function rest(child: ChildProcess, { program }: Workplace): void {
	const others = (resting.get(program.href) ?? []).filter(
		(other) => other.exitCode === null && other.signalCode === null,
	);
	resting.set(program.href, [...others, child]);
	child.unref();
	child.channel?.unref();
	const leave = () => {
		const rested = resting.get(program.href) ?? [];
		if (!rested.includes(child)) return;
		resting.set(
			program.href,
			rested.filter((other) => other !== child),
		);
		child.kill("SIGKILL");
	};
	setTimeout(leave, IDLE_MS).unref();
	child.once("exit", leave);
}
