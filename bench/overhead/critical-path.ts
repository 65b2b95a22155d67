// The least time a run can take at a given latency: the longest chain of
// requests of which each needs the one before. The turns of one conversation
// follow each other, and so do the conversations of a phase, save those that
// the phase begins together; phases follow each other.
import type { JournalEntry } from "../../src/local/scripted-model/server/journal.ts";

/** The conversations that a phase begins together, by their names. */
const TOGETHER: Readonly<Record<number, RegExp>> = {
	2: /^(data-sources|feature-engineering|preprocessing-and-validation)$/,
	3: /./,
	4: /^design-/,
	10: /^review-/,
};

/** In requests. */
export function criticalPath(journal: readonly JournalEntry[]): number {
	const phases = Map.groupBy(journal, ({ phase }) => phase ?? 0);
	let longest = 0;
	for (const [phase, entries] of phases) {
		let together = 0;
		for (const [agent, turns] of Map.groupBy(entries, ({ agent }) => agent)) {
			const name = agent.split("/")[1] ?? "";
			if (TOGETHER[phase]?.test(name))
				together = Math.max(together, turns.length);
			else longest += turns.length;
		}
		longest += together;
	}
	return longest;
}
