// Long work that lets others have their turn, and ends when its time is over.
import { setImmediate } from "node:timers/promises";
import { deadline } from "../python/deadline.ts";

const LONGEST_TURN_MS = 25;

export class Pace {
	readonly isOver: () => boolean;
	#turn = performance.now();

	constructor(milliseconds: number) {
		this.isOver = deadline(milliseconds);
	}

	/** To be awaited between small parts of the work. */
	async rest(): Promise<void> {
		if (performance.now() - this.#turn < LONGEST_TURN_MS) return;
		await setImmediate();
		this.#turn = performance.now();
	}
}
