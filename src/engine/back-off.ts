// When something that failed is tried again, and when that would be of no use.
import { faultOf } from "../github/fault.ts";

const LONGEST_SECONDS = 60;

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
