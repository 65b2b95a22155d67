// Who waits for a workflow's run is woken when GitHub says that it ended. It
// then looks for itself: the word is a hint, it may come twice or not at all.

const waiting = new Map<number, Set<() => void>>();

/** Ends after so long, when woken, or when stopped. */
export function sleepUntilWoken(
	run: number,
	ms: number,
	signal: AbortSignal | undefined,
): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	const others = waiting.get(run) ?? new Set();
	waiting.set(run, others.add(resolve));
	const clock = setTimeout(resolve, ms);
	signal?.addEventListener("abort", () => resolve(), { once: true });
	if (signal?.aborted) resolve();
	return promise.finally(() => {
		clearTimeout(clock);
		others.delete(resolve);
		if (others.size === 0) waiting.delete(run);
	});
}

export function wakeRun(run: number): void {
	for (const wake of waiting.get(run) ?? []) wake();
}
