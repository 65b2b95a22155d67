import type { Decision } from "../run/gate.ts";
import type { AttemptKey } from "./store/attempts.ts";

/** Starts and stops phases; who orders them sees no DBOS. */
export interface PhaseRunner {
	/** Starting the same attempt twice starts it once. */
	start(key: AttemptKey, resolving?: Decision): Promise<void>;
	/** Has a review answered by this attempt; resolves when that has ended, however. */
	answer(key: AttemptKey): Promise<void>;
	/** Stops an attempt and its agents, if they are at work. */
	stop(key: AttemptKey): Promise<void>;
}
