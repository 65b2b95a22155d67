// What a run's model turns came to, as its ledger has it.

/** One agent in one attempt of a phase. */
export interface AgentSpending extends Tally {
	readonly phase: number;
	readonly attempt: number;
	readonly agent: string;
	readonly role: string;
}

export interface Tally {
	/** Turns that were answered. */
	readonly turns: number;
	/** Requests sent, those that broke included. */
	readonly requests: number;
	/** Turns asked anew because a process had died. */
	readonly repeated: number;
	readonly promptTokens: number;
	/** Of the prompt's, those read from a cache. */
	readonly cachedTokens: number;
	readonly outputTokens: number;
	/** Promises for unanswered requests included. */
	readonly usd: number;
}

export function sumUp(tallies: readonly Tally[]): Tally {
	const sum = (key: keyof Tally) =>
		tallies.reduce((total, tally) => total + tally[key], 0);
	return {
		turns: sum("turns"),
		requests: sum("requests"),
		repeated: sum("repeated"),
		promptTokens: sum("promptTokens"),
		cachedTokens: sum("cachedTokens"),
		outputTokens: sum("outputTokens"),
		usd: sum("usd"),
	};
}

/** By phase, in their order; all attempts of a phase together. */
export function byPhase(
	spending: readonly AgentSpending[],
): { readonly phase: number; readonly tally: Tally }[] {
	return [...Map.groupBy(spending, ({ phase }) => phase)]
		.sort(([a], [b]) => a - b)
		.map(([phase, agents]) => ({ phase, tally: sumUp(agents) }));
}

/** What one phase's limits are held against. */
export function spentIn(spending: readonly AgentSpending[], phase: number) {
	const inPhase = spending.filter((agent) => agent.phase === phase);
	const agents = Map.groupBy(inPhase, ({ agent }) => agent);
	return {
		run: sumUp(spending).usd,
		phase: sumUp(inPhase).usd,
		agents: Object.fromEntries(
			[...agents].map(([agent, turns]) => [agent, sumUp(turns).usd]),
		),
	};
}
