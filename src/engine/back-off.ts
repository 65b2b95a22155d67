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
