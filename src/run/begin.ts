// The first state of a run.
import { asLimits } from "./budget.ts";
import type { Config } from "./config.ts";
import type { Order, Step } from "./order.ts";
import type { Issue, RepositoryRef, Run } from "./run.ts";

export interface Beginning {
	readonly id: string;
	readonly repository: RepositoryRef;
	readonly issue: Issue;
	readonly requestedBy: string;
	readonly requesterId?: number;
	readonly base: Run["base"];
	readonly config: Config;
	readonly at: string;
}

export function begin(beginning: Beginning): Step {
	const { at, ...given } = beginning;
	const { run: budgetUsd, ...shares } = asLimits(given.config.budget);
	const run: Run = {
		...given,
		state: "working",
		phase: 1,
		attempt: 1,
		attempts: { 1: 1 },
		done: [],
		decisions: [],
		notes: [],
		questions: [],
		risks: [],
		rulings: [],
		changes: [],
		budgetUsd,
		...(Object.keys(shares).length > 0 ? { shares } : {}),
		startedAt: at,
	};
	const orders: Order[] = [
		{ do: "show-status" },
		{ do: "start-phase", phase: 1, attempt: 1 },
	];
	return { run, orders };
}
