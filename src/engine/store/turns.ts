import { sql } from "kysely";
import type { Ledger, Reservation, Reserved } from "../../model/ledger.ts";
import type { Connection, Database } from "../database.ts";
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
				const { budgetUsd } = await lockRun(tx, runId);
				const spent = await spentUsd(tx, runId);
				if (spent + entry.reservedUsd > budgetUsd)
					return overBudget(spent, entry.reservedUsd, budgetUsd);
				return {
					ok: true,
					id: String(await writeTurn(tx, runId, executor, entry)),
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

/** What a run has cost so far, promises included; of one conversation tree when a prefix is given. */
export async function spentUsd(
	db: Connection,
	runId: string,
	conversations = "",
): Promise<number> {
	const row = await db
		.selectFrom("turns")
		.select(
			sql<number>`coalesce(sum(coalesce(usd, reserved_usd) + earlier_usd), 0)`.as(
				"usd",
			),
		)
		.where("run_id", "=", runId)
		.where(sql<boolean>`starts_with(conversation, ${conversations})`)
		.executeTakeFirstOrThrow();
	return row.usd;
}

/** A turn that is asked again keeps what its earlier requests may have cost. */
async function writeTurn(
	tx: Connection,
	runId: string,
	executor: string,
	{ conversation, turn, model, reservedUsd }: Reservation,
): Promise<number> {
	const unanswered = { usd: null, usage: null, answered_at: null };
	const { id } = await tx
		.insertInto("turns")
		.values({
			...{ run_id: runId, conversation, turn, model },
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

function overBudget(spent: number, next: number, budget: number): Reserved {
	const usd = (amount: number) => `$${amount.toFixed(2)}`;
	return {
		ok: false,
		failure: {
			kind: "budget",
			message: `This run has spent ${usd(spent)} of its ${usd(budget)}, and the next request could cost up to ${usd(next)}. Everything done so far is kept.`,
		},
	};
}
