// Agents step in a journal and never see what keeps it.

export interface Journal {
	/**
	 * Does `work` once and keeps its result; the same step of a later run gives
	 * the kept result back without working. The result must survive JSON.
	 * The signal is aborted when the work must stop; it may then reject.
	 */
	step<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
	/** Waits, also across a restart: a later run waits only for what is left. */
	sleep(ms: number): Promise<void>;
}
