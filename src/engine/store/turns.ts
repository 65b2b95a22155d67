import { type RawBuilder, sql } from "kysely";
import type { Ledger, Reservation, Reserved } from "../../model/ledger.ts";
import {
	type Exceeded,
	findExceeded,
	limitsOf,
	type Spent,
} from "../../run/budget.ts";
import type { Connection, Database } from "../database.ts";
import { agentOf, attemptOf } from "../workflow-ids.ts";
import { lockRun } from "./runs.ts";
import { json } from "./sql.ts";

/** The ledger of one run. Reservations go one after the other, so agents side by side cannot overshoot. */
export function makeLedger(
	db: Database,
	runId: string,
	executor: string,
): Ledger {
	return {
		reserve: (entry) =>
			db.transaction().execute(async (tx): Promise<Reserved> => {
				const limits = limitsOf(await lockRun(tx, runId));
				const spender = spenderOf(entry);
				const spent = await spentBy(tx, runId, spender);
				const exceeded = findExceeded(limits, spent, entry.reservedUsd);
				if (exceeded) return refusal(exceeded, spender);
				const row = { ...entry, ...spender };
				return {
					ok: true,
					id: String(await writeTurn(tx, runId, executor, row)),
				};
			}),

		async settle(id, { usage, usd }) {
			await db
				.updateTable("turns")
				.set({ usd, usage: json(usage), answered_at: sql<Date>`now()` })
				.where("id", "=", Number(id))
				.execute();
		},
	};
}

/** What a turn has cost; what was promised counts until it is settled. */
export const COST = sql`coalesce(usd, reserved_usd) + earlier_usd`;

interface Spender {
	readonly phase: number | null;
	readonly role: string | null;
	/** The same in every attempt of the phase. */
	readonly agent: string | null;
}

const spenderOf = ({ conversation, agent }: Reservation): Spender => ({
	phase: attemptOf(conversation)?.phase ?? null,
	role: agent.split("/")[0] || null,
	agent: agentOf(conversation) ?? null,
});

/** What stands against each limit. */
function spentBy(
	tx: Connection,
	runId: string,
	{ phase, agent }: Spender,
): Promise<Spent> {
	const sum = (of: RawBuilder<unknown>) =>
		sql<number>`coalesce(sum(${COST}) filter (where ${of}), 0)`;
	return tx
		.selectFrom("turns")
		.select([
			sum(sql`true`).as("run"),
			sum(sql`phase = ${phase}`).as("phase"),
			sum(sql`phase = ${phase} and agent = ${agent}`).as("agent"),
		])
		.where("run_id", "=", runId)
		.executeTakeFirstOrThrow();
}

/** A turn that is asked again keeps what its earlier requests may have cost. */
async function writeTurn(
	tx: Connection,
	runId: string,
	executor: string,
	{
		conversation,
		turn,
		model,
		reservedUsd,
		...spender
	}: Omit<Reservation, "agent"> & Spender,
): Promise<number> {
	const unanswered = { usd: null, usage: null, answered_at: null };
	const { id } = await tx
		.insertInto("turns")
		.values({
			...{ run_id: runId, conversation, turn, model, ...spender },
			...{ reserved_usd: reservedUsd, asked_by: executor },
			...unanswered,
		})
		.onConflict((conflict) =>
			conflict.columns(["conversation", "turn"]).doUpdateSet({
				asked: sql`turns.asked + 1`,
				repeated: sql`turns.repeated + (turns.asked_by <> excluded.asked_by)::int`,
				asked_by: executor,
				earlier_usd: sql`turns.earlier_usd + coalesce(turns.usd, turns.reserved_usd)`,
				reserved_usd: reservedUsd,
				model,
				asked_at: sql`now()`,
				...unanswered,
			}),
		)
		.returning("id")
		.executeTakeFirstOrThrow();
	return id;
}

function refusal(exceeded: Exceeded, { phase, agent }: Spender): Reserved {
	const { limit, limitUsd, spentUsd, nextUsd } = exceeded;
	const who = {
		run: "This run has",
		phase: `Phase ${phase} has`,
		agent: `The agent ${agent} of phase ${phase} has`,
	};
	const whose = { run: "its", phase: "a phase's", agent: "an agent's" };
	return {
		ok: false,
		failure: {
			kind: "budget",
			message: `${who[limit]} spent ${usd(spentUsd)} of ${whose[limit]} ${usd(limitUsd)}, and the next request could cost up to ${usd(nextUsd)}.`,
			exceeded,
		},
	};
}

const usd = (amount: number) => `$${amount.toFixed(2)}`;
