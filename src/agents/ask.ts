// One turn, asked again after the pause that the model service wants. Meanwhile
// the agent holds neither a place nor money, and its process may stop.
import type { TurnRequest, TurnResult } from "../model/turn.ts";
import type { World } from "./world.ts";

const MOST_PAUSES = 6;
const LONGEST_IN_ALL_SECONDS = 6 * 3_600;

export type Ask = (request: Omit<TurnRequest, "signal">) => Promise<TurnResult>;

/** For one conversation: its pauses are counted together. */
export function makeAsk({ journal, model, log }: World): Ask {
	let [pauses, waited] = [0, 0];
	return async (request) => {
		const { conversation, turn } = request;
		let usd = 0;
		for (let asked = 1; ; asked++) {
			const name = asked > 1 ? `turn ${turn}, time ${asked}` : `turn ${turn}`;
			const answer = await journal.step(name, (signal) =>
				model.turn({ ...request, signal }),
			);
			usd += answer.usd;
			const seconds = answer.ok ? undefined : answer.failure.retryAfterSeconds;
			if (
				seconds === undefined ||
				pauses === MOST_PAUSES ||
				waited + seconds > LONGEST_IN_ALL_SECONDS
			)
				return { ...answer, usd };
			pauses++;
			waited += seconds;
			log.info({ conversation, turn, seconds }, "waiting for the model");
			await journal.sleep(seconds * 1_000);
		}
	};
}
