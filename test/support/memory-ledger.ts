// A ledger for tests: a budget, and what became of each reservation.
import type { Ledger, Reservation } from "../../src/model/ledger.ts";
import type { Usage } from "../../src/model/pricing.ts";

export interface Entry extends Reservation {
	settled?: { usage: Usage; usd: number };
}

export interface MemoryLedger extends Ledger {
	readonly entries: Entry[];
	/** Settled costs plus what is still reserved. */
	counted(): number;
}

export function memoryLedger(budgetUsd = 1_000): MemoryLedger {
	const entries: Entry[] = [];
	const counted = () =>
		entries.reduce((sum, e) => sum + (e.settled?.usd ?? e.reservedUsd), 0);
	return {
		entries,
		counted,
		async reserve(entry) {
			if (counted() + entry.reservedUsd > budgetUsd)
				return {
					ok: false,
					failure: {
						kind: "budget",
						message: `The budget of $${budgetUsd} would be exceeded.`,
					},
				};
			return { ok: true, id: String(entries.push({ ...entry }) - 1) };
		},
		async settle(id, settled) {
			const entry = entries[Number(id)];
			if (entry) entry.settled = settled;
		},
	};
}
