// At most so many requests at once, first come first served, per key.

export interface Semaphores {
	/** Waits for a free place under `key`; rejects with the signal's reason. */
	run<T>(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function makeSemaphores(limit: number): Semaphores {
	const places = new Map<string, { busy: number; queue: (() => void)[] }>();

	function placeOf(key: string) {
		const known = places.get(key);
		if (known) return known;
		const fresh = { busy: 0, queue: [] };
		places.set(key, fresh);
		return fresh;
	}

	async function enter(key: string, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		const place = placeOf(key);
		if (place.busy < limit) {
			place.busy++;
			return;
		}
		await new Promise<void>((admit, refuse) => {
			const admitted = () => {
				signal.removeEventListener("abort", leave);
				admit();
			};
			const leave = () => {
				place.queue.splice(place.queue.indexOf(admitted), 1);
				refuse(signal.reason);
			};
			signal.addEventListener("abort", leave, { once: true });
			place.queue.push(admitted);
		});
	}

	/** The place goes straight to the next in line, or becomes free. */
	function leave(key: string): void {
		const place = placeOf(key);
		const next = place.queue.shift();
		if (next) {
			next();
			return;
		}
		place.busy--;
		if (place.busy === 0) places.delete(key);
	}

	return {
		async run(key, work, signal) {
			await enter(key, signal);
			try {
				return await work();
			} finally {
				leave(key);
			}
		},
	};
}
