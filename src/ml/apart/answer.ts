// The other side of ask-apart.ts: answers questions until nobody is there to ask.
import type { FromWork, ToWork } from "./ask-apart.ts";

/** Asks the other side for something, and waits for it. */
export type Ask = (request: unknown) => Promise<unknown>;

export function answer<Q>(work: (question: Q, ask: Ask) => unknown): void {
	const say = (message: FromWork) => process.send?.(message);
	const waiting = new Map<number, PromiseWithResolvers<unknown>>();
	let asked = 0;
	const ask: Ask = (request) => {
		const reply = Promise.withResolvers<unknown>();
		waiting.set(++asked, reply);
		say({ ask: asked, request });
		return reply.promise;
	};
	process.on("message", async (message: ToWork) => {
		if ("reply" in message) {
			const reply = waiting.get(message.reply);
			waiting.delete(message.reply);
			if ("fault" in message) reply?.reject(new Error(message.fault));
			else reply?.resolve(message.value);
			return;
		}
		try {
			say({ answer: await work(message.question as Q, ask) });
		} catch (error) {
			say({ fault: String(error) });
		}
	});
	process.on("disconnect", () => process.exit());
}
