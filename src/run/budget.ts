// What a run, one of its phases and one of its agents may spend on the model:
// when the next request is too much, and from when on people are warned.

/** Outermost first: a refusal names the first that does not hold. */
export const LIMITS = ["run", "phase", "agent"] as const;
export type LimitName = (typeof LIMITS)[number];

/** US dollars. A phase counts all its attempts, and so does an agent of a phase. */
export interface Limits {
	readonly run: number;
	readonly phase?: number | undefined;
	readonly agent?: number | undefined;
}

/** What stands against each limit so far, promises included. */
export type Spent = Readonly<Record<LimitName, number>>;

/** A limit that the next request could break. */
export interface Exceeded {
	readonly limit: LimitName;
	readonly limitUsd: number;
	readonly spentUsd: number;
	/** The most the next request can cost. */
	readonly nextUsd: number;
}

/** No limit may be set higher, in US dollars. */
export const MOST_USD = 10_000;

/** A number is the limit of the run. */
export const asLimits = (budget: number | Limits): Limits =>
	typeof budget === "number" ? { run: budget } : budget;

export const limitsOf = (run: {
	readonly budgetUsd: number;
	readonly shares?: Omit<Limits, "run">;
}): Limits => ({ ...run.shares, run: run.budgetUsd });

export function findExceeded(
	limits: Limits,
	spent: Spent,
	nextUsd: number,
): Exceeded | undefined {
	for (const limit of LIMITS) {
		const limitUsd = limits[limit];
		if (limitUsd !== undefined && spent[limit] + nextUsd > limitUsd)
			return { limit, limitUsd, spentUsd: spent[limit], nextUsd };
	}
	return undefined;
}

/** The command that sets a limit high enough: twice as much, and with room for the request that was refused. */
export function raise({
	limit,
	limitUsd,
	spentUsd,
	nextUsd,
}: Exceeded): string {
	const enough = Math.max(limitUsd * 2, (spentUsd + nextUsd) * 1.5);
	return writeBudget(limit, Math.min(MOST_USD, Math.ceil(enough)));
}

export const writeBudget = (limit: LimitName, usd: number) =>
	limit === "run" ? `/budget ${usd}` : `/budget ${limit} ${usd}`;

/** What `/budget` was given; undefined when that is no limit and no amount. */
export function readBudget(
	args: string,
): { limit: LimitName; usd: number } | undefined {
	const [, named = "run", amount = ""] =
		/^(?:(run|phase|agent)\s+)?\$?(\S+)$/i.exec(args) ?? [];
	const usd = Number(amount);
	if (amount === "" || !Number.isFinite(usd)) return undefined;
	if (usd <= 0 || usd > MOST_USD) return undefined;
	return { limit: named.toLowerCase() as LimitName, usd };
}

/** People are warned from this share of a limit on. */
const WARN_FROM = 0.8;

/** A limit that is nearly used up, and by whom. */
export interface Warning {
	readonly limit: LimitName;
	readonly limitUsd: number;
	readonly spentUsd: number;
	readonly agent?: string;
}

/** The limits of a run and its current phase that are nearly used up. */
export function warningsOf(
	limits: Limits,
	spent: {
		readonly run: number;
		readonly phase: number;
		readonly agents: Readonly<Record<string, number>>;
	},
): Warning[] {
	const one = (limit: LimitName, spentUsd: number, agent?: string) => {
		const limitUsd = limits[limit];
		if (limitUsd === undefined || spentUsd < limitUsd * WARN_FROM) return [];
		return [{ limit, limitUsd, spentUsd, ...(agent ? { agent } : {}) }];
	};
	return [
		...one("run", spent.run),
		...one("phase", spent.phase),
		...Object.entries(spent.agents).flatMap(([agent, usd]) =>
			one("agent", usd, agent),
		),
	];
}
