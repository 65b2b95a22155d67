// What the publisher remembers of what it wrote, so that it need not look for it.

export interface Memory {
	recall(key: string): Promise<unknown>;
	/** Those that are known. */
	recallAll(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
	remember(key: string, value: unknown): Promise<void>;
	rememberAll(values: ReadonlyMap<string, unknown>): Promise<void>;
}

const waiting = new Map<string, Promise<unknown>>();

/** Work under one key happens one after the other in this process: two at once could both create. */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = waiting.get(key) ?? Promise.resolve();
	const mine = before.then(work, work);
	const settled = mine.catch(() => undefined);
	waiting.set(key, settled);
	settled.then(() => {
		if (waiting.get(key) === settled) waiting.delete(key);
	});
	return mine;
}
