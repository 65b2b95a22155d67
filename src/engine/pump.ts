// A loop that works whenever it is woken, and every so often by itself. It runs
// in an asynchronous context of its own: a wake from inside a workflow must not
// drag that workflow's context into what the loop starts.

export interface Pump {
	/** There may be work. Never throws, never waits. */
	wake(): void;
	/** Lets the work at hand end; nothing new begins. */
	stop(): Promise<void>;
}

/** `work` is never running twice at once; what it throws goes to `onError`. */
export function startPump(
	work: () => Promise<void>,
	everyMs: number,
	onError: (error: unknown) => void,
): Pump {
	let stopped = false;
	let awake = true;
	let bell = Promise.withResolvers<void>();

	async function loop() {
		while (!stopped) {
			awake = false;
			bell = Promise.withResolvers();
			try {
				await work();
			} catch (error) {
				onError(error);
			}
			if (awake || stopped) continue;
			const timer = setTimeout(() => bell.resolve(), everyMs);
			await bell.promise;
			clearTimeout(timer);
		}
	}

	const ended = loop();
	return {
		wake() {
			awake = true;
			bell.resolve();
		},
		async stop() {
			stopped = true;
			bell.resolve();
			await ended;
		},
	};
}
