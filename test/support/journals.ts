// Journals for tests: one that keeps nothing, and one that survives a crash.
import type { Journal } from "../../src/agents/journal.ts";

export const plainJournal: Journal = {
	step: (_name, work) => work(new AbortController().signal),
	sleep: async () => {},
};

export class Killed extends Error {}

/**
 * Keeps results as JSON in `kept`, which may be handed to a later journal as a
 * database would be. Dies after `steps` fresh steps, having kept the last one.
 */
export function keepingJournal(
	kept: Map<string, string>,
	steps = Number.POSITIVE_INFINITY,
): Journal {
	let fresh = 0;
	return {
		...plainJournal,
		async step(name, work) {
			const before = kept.get(name);
			if (before !== undefined) return JSON.parse(before);
			if (fresh === steps) throw new Killed();
			const result = await work(new AbortController().signal);
			kept.set(name, JSON.stringify(result));
			fresh++;
			return result;
		},
	};
}
