// The SDK sleeps as long as `retry-after` says, be it an hour, holding a place
// and a durable step. Beyond a minute we rather give up and come back later.

export const LONGEST_WAIT_SECONDS = 60;

type Fetch = typeof fetch;

/** Tells the SDK not to retry an answer that asks for a longer wait. */
export const refuseLongWaits =
	(send: Fetch): Fetch =>
	async (url, init) => {
		const response = await send(url, init);
		const wait = waitAskedFor(response.headers);
		if (wait === undefined || wait <= LONGEST_WAIT_SECONDS) return response;
		const headers = new Headers(response.headers);
		headers.set("x-should-retry", "false");
		return new Response(response.body, {
			status: response.status,
			statusText: response.statusText,
			headers,
		});
	};

/** Seconds that the answer asks to wait; it may be a number or a date. */
export function waitAskedFor(headers: Headers): number | undefined {
	const text = headers.get("retry-after");
	if (!text) return undefined;
	const seconds = Number(text);
	if (Number.isFinite(seconds)) return seconds;
	const until = Date.parse(text);
	return Number.isNaN(until) ? undefined : (until - Date.now()) / 1_000;
}
