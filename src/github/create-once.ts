// Creating what must exist once, over a network that may lose the answer.
import { setTimeout as sleep } from "node:timers/promises";
import { isUncertain } from "./fault.ts";

/** Given to every call that creates: only we may try it again, after looking. */
export const ONCE = { request: { retries: 0 } } as const;

const TRIES = 4;

/** `find` what an earlier try left, else `create` it; where nobody has `tried` there is nothing to find. */
export async function createOnce<T>(
	find: () => Promise<T | undefined>,
	create: () => Promise<T>,
	secondMs: number,
	tried = true,
): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		const found = tried || attempt > 1 ? await find() : undefined;
		if (found !== undefined) return found;
		try {
			return await create();
		} catch (error) {
			if (!isUncertain(error) || attempt === TRIES) throw error;
			// Lists may lag behind what was just written.
			await sleep(attempt * attempt * secondMs);
		}
	}
}
