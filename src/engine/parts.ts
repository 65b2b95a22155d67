// What the engine is made of, put together once at the start.
import type { Model } from "../model/client.ts";
import type { Lead, Phase } from "../phases/phase.ts";
import type { Order } from "../run/order.ts";
import type { RepositoryRef, Run } from "../run/run.ts";
import type { Database } from "./database.ts";
import type { LeadInput } from "./lead.ts";
import type { Log } from "./log.ts";
import type { Access, Services } from "./services.ts";

export interface Parts {
	readonly db: Database;
	readonly log: Log;
	readonly model: Model;
	readonly phases: readonly Phase[];
	readonly makeLead: (input: LeadInput) => Lead;
	/** GitHub, for one repository; `scope` keeps apart what the publisher remembers. */
	readonly connect: (repository: RepositoryRef, scope: string) => Access;
	/** All that a phase of this run works with. */
	readonly servicesFor: (run: Pick<Run, "id" | "repository">) => Services;
	/** This process, among all that share the database. */
	readonly executor: string;
	/** Values that must never be shown. */
	readonly secrets: readonly string[];
	/** Where checkouts are kept. */
	readonly dataDir: string;
	/** Repositories may replace the briefs of agents: the operator decides. */
	readonly allowRepositoryAgents: boolean;
	readonly wakeOutbox: () => void;
	/** Resolves when all that was ordered to be said of a run is said: what that was. Throws when that takes too long. */
	readonly allSaid: (runId: string) => Promise<ReadonlySet<Order["do"]>>;
}

export function phaseOf({ phases }: Parts, number: number): Phase {
	const phase = phases[number - 1];
	if (!phase) throw new RangeError(`there is no phase ${number}`);
	return phase;
}
