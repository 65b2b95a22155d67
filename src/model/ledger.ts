// Where money is promised before a request and accounted for after it.
import type { Failure } from "../run/run.ts";
import type { Usage } from "./pricing.ts";

export interface Ledger {
	/**
	 * Sets the worst case aside, so that agents side by side cannot overshoot
	 * a limit together. A refusal is a value, made before anything is sent.
	 */
	reserve(entry: Reservation): Promise<Reserved>;
	/**
	 * Replaces the reservation by what was spent. A reservation that is never
	 * settled (the process died) stays counted: the money may be gone.
	 */
	settle(id: string, settled: { usage: Usage; usd: number }): Promise<void>;
}

export interface Reservation {
	readonly conversation: string;
	readonly turn: number;
	/** `<role>/<name>` of who asks. */
	readonly agent: string;
	readonly model: string;
	readonly reservedUsd: number;
}

export type Reserved =
	| { readonly ok: true; readonly id: string }
	| { readonly ok: false; readonly failure: Failure };
