// The SDK's timeout ends at the headers; a stream that falls silent later would
// hang for ever. This watches BYTES: pings keep a long silent thought alive,
// though they never reach the SDK's events.

export class StreamIdleError extends Error {
	override name = "StreamIdleError";
}

type Fetch = typeof fetch;

/** Ends an event stream with a StreamIdleError after `idleMs` without a byte. */
export const idleFetch =
	(idleMs: number, send: Fetch): Fetch =>
	async (url, init) => {
		const response = await send(url, init);
		const type = response.headers.get("content-type") ?? "";
		if (!response.body || !type.startsWith("text/event-stream"))
			return response;
		return new Response(watch(response.body.getReader(), idleMs), {
			status: response.status,
			statusText: response.statusText,
			headers: response.headers,
		});
	};

function watch(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	idleMs: number,
): ReadableStream<Uint8Array> {
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			const silence = Promise.withResolvers<never>();
			const timer = setTimeout(
				() => silence.reject(new StreamIdleError(`no byte for ${idleMs} ms`)),
				idleMs,
			);
			try {
				const read = await Promise.race([reader.read(), silence.promise]);
				if (read.done) controller.close();
				else controller.enqueue(read.value);
			} catch (error) {
				reader.cancel(error).catch(() => {});
				throw error;
			} finally {
				clearTimeout(timer);
			}
		},
		cancel: (reason) => reader.cancel(reason),
	});
}
