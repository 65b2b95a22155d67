// What people are told about a run's money, read off its ledger.
import { limitsOf, type Warning, warningsOf } from "../run/budget.ts";
import { type CostForecast, forecastCost } from "../run/forecast.ts";
import { FIRST_APPROVED_PHASE } from "../run/moves.ts";
import { isLive, type Run } from "../run/run.ts";
import {
	type AgentSpending,
	spentIn,
	sumUp,
	type Tally,
} from "../run/spending.ts";
import type { Connection } from "./database.ts";
import type { AttemptKey } from "./store/attempts.ts";
import { makeMemory } from "./store/published.ts";
import { earlierCosts, spendingOf } from "./store/spending.ts";

/** For the status comment. */
export async function moneyNow(db: Connection, run: Run) {
	const spending = await spendingOf(db, run.id);
	return {
		spentUsd: sumUp(spending).usd,
		warnings: isLive(run) ? nearLimits(run, spending, run.phase) : [],
	};
}

/** For /status. */
export async function moneyInFull(db: Connection, run: Run) {
	const spending = await spendingOf(db, run.id);
	const next = Math.max(run.phase + 1, FIRST_APPROVED_PHASE);
	const forecast = isLive(run)
		? await forecastFrom(db, run, spending, next)
		: undefined;
	return { spending, ...(forecast ? { forecast: { ...forecast, next } } : {}) };
}

/** For the approval: what building and judging will cost, and what is left for it. */
export async function forecastOf(
	db: Connection,
	run: Run,
): Promise<(CostForecast & { leftUsd: number }) | undefined> {
	const spending = await spendingOf(db, run.id);
	const forecast = await forecastFrom(db, run, spending, FIRST_APPROVED_PHASE);
	return (
		forecast && {
			...forecast,
			leftUsd: Math.max(0, run.budgetUsd - sumUp(spending).usd),
		}
	);
}

/**
 * For the comment on a phase: what it took, and of the limits that are nearly
 * used up those that no comment has told yet. Asked again, the same.
 */
export async function footing(
	db: Connection,
	run: Run,
	key: AttemptKey,
): Promise<{ tally: Tally; warnings: Warning[] }> {
	const spending = await spendingOf(db, run.id, key);
	const memory = makeMemory(db, run.id);
	const by = `${key.phase}-${key.attempt}`;
	const warnings = [];
	for (const warning of nearLimits(run, spending, key.phase)) {
		const name = nameOf(warning, key);
		const told = await memory.recall(name);
		if (told === undefined) await memory.remember(name, by);
		if ((told ?? by) === by) warnings.push(warning);
	}
	return { tally: tallyOf(run, spending, key), warnings };
}

/** What a phase cost, the attempts included whose answers it took over. */
export const costOfPhase = async (
	db: Connection,
	run: Run,
	key: AttemptKey,
): Promise<number> => tallyOf(run, await spendingOf(db, run.id), key).usd;

function tallyOf(
	{ answersSince }: Run,
	spending: readonly AgentSpending[],
	key: AttemptKey,
): Tally {
	const first = answersSince ?? key.attempt;
	return sumUp(
		spending.filter(
			({ phase, attempt }) =>
				phase === key.phase && attempt >= first && attempt <= key.attempt,
		),
	);
}

const nearLimits = (
	run: Run,
	spending: readonly AgentSpending[],
	phase: number,
) => warningsOf(limitsOf(run), spentIn(spending, phase));

/** A limit that was raised is warned of anew. */
function nameOf({ limit, limitUsd, agent }: Warning, { phase }: AttemptKey) {
	const of = limit === "run" ? [] : [phase, ...(agent ? [agent] : [])];
	return ["warned", limit, limitUsd, ...of].join("-");
}

const forecastFrom = async (
	db: Connection,
	{ id, repository }: Run,
	spending: readonly AgentSpending[],
	phase: number,
) =>
	forecastCost(
		spending,
		await earlierCosts(db, { id, repositoryId: repository.id }, phase),
		phase,
	);
