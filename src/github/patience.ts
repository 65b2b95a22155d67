// Waiting out GitHub's limits. Probot's own client gives up at a secondary limit,
// and has no answer at all when its throttle is off.
import { setTimeout as sleep } from "node:timers/promises";
import { waitOf } from "./fault.ts";
import type { Log } from "./log.ts";

export interface Patience {
	/** A limit that lasts longer is for the caller to sleep through. */
	readonly longestSeconds: number;
	readonly attempts: number;
	/** How long a second lasts; tests make it short. */
	readonly secondMs: number;
}

export const PATIENCE: Patience = {
	longestSeconds: 300,
	attempts: 4,
	secondMs: 1_000,
};

/** `ask` once more after each limit, as long as patience lasts. */
export async function patiently<T>(
	ask: () => Promise<T>,
	{ longestSeconds, attempts, secondMs }: Patience,
	log: Log,
): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await ask();
		} catch (error) {
			const seconds = waitOf(error);
			const worthwhile =
				seconds !== undefined &&
				seconds <= longestSeconds &&
				attempt < attempts;
			if (!worthwhile) throw error;
			log.warn(`GitHub's rate limit: trying again in ${seconds} s`);
			await sleep(seconds * secondMs);
		}
	}
}
