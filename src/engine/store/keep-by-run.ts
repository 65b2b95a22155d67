// What is written once and read again and again, kept in memory: of the few runs
// that were read last.
import type { Connection } from "../database.ts";

const MOST_RUNS = 8;

export interface Kept<V> {
	/** What is known of a run, to be read and added to. */
	of(db: Connection, runId: string): Map<string, V>;
	forget(db: Connection, runId: string): void;
}

/** Only for values that no process changes once they can be read. */
export function keepByRun<V>(): Kept<V> {
	const kept = new WeakMap<Connection, Map<string, Map<string, V>>>();
	return {
		of(db, runId) {
			const runs = kept.get(db) ?? new Map<string, Map<string, V>>();
			const known = runs.get(runId) ?? new Map<string, V>();
			// The one read last stands last.
			runs.delete(runId);
			kept.set(db, runs.set(runId, known));
			const [oldest] = runs.keys();
			if (runs.size > MOST_RUNS && oldest !== undefined) runs.delete(oldest);
			return known;
		},
		forget(db, runId) {
			kept.get(db)?.delete(runId);
		},
	};
}
