// When something that failed is tried again, and when that would be of no use.
import { setTimeout as sleep } from "node:timers/promises";
import { faultOf } from "../github/fault.ts";

const LONGEST_SECONDS = 60;

/** What talks to GitHub is tried for some ten minutes before it counts as failed. */
export const PATIENT = {
	intervalSeconds: 1,
	backoffRate: 2,
	maxAttempts: 10,
} as const;

/** For what may begin anew with its process: no journal keeps it. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
	const { intervalSeconds, backoffRate, maxAttempts } = PATIENT;
	for (let attempt = 1; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			if (attempt === maxAttempts || !isPassing(error)) throw error;
			await sleep(intervalSeconds * backoffRate ** (attempt - 1) * 1_000);
		}
	}
}

/** Seconds to wait after the given number of earlier tries: 1, 2, 4 … 60. */
export const backOff = (tries: number) =>
	Math.min(LONGEST_SECONDS, 2 ** Math.min(tries, 6));

/** Whether GitHub refused for good: trying again would be refused again. */
export function isLasting(error: unknown): boolean {
	const kind = faultOf(error)?.kind;
	return kind === "forbidden" || kind === "missing" || kind === "refused";
}

/** Whether GitHub, or the way to it, is only out of order for now. Must not throw. */
export function isPassing(error: unknown): boolean {
	if (faultOf(error)) return !isLasting(error);
	const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
	if (typeof code === "string" && NETWORK_CODES.test(code)) return true;
	return cause !== undefined && isPassing(cause);
}

const NETWORK_CODES =
	/^(E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND)|UND_ERR_)/;
