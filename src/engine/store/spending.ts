// The ledger, added up.
import { sql } from "kysely";
import type { AgentSpending } from "../../run/spending.ts";
import type { Connection } from "../database.ts";
import { agentOf, attemptOf } from "../workflow-ids.ts";
import type { AttemptKey } from "./attempts.ts";
import { COST } from "./turns.ts";

/**
 * By agent and attempt, in the order they began; until the report of an attempt
 * where one is named.
 */
export async function spendingOf(
	db: Connection,
	runId: string,
	until?: AttemptKey,
): Promise<AgentSpending[]> {
	const end = until
		? sql`coalesce((select saved_at from reports where run_id = ${runId} and phase = ${until.phase} and attempt = ${until.attempt}), now())`
		: sql`now()`;
	const tokens = (...names: string[]) =>
		sql<number>`coalesce(sum(${sql.join(
			names.map((name) => sql`coalesce((usage ->> ${name})::bigint, 0)`),
			sql` + `,
		)}), 0)::bigint`;
	const rows = await db
		.selectFrom("turns")
		.select([
			"conversation",
			"role",
			sql<number>`count(answered_at)`.as("turns"),
			sql<number>`sum(asked)`.as("requests"),
			sql<number>`sum(repeated)`.as("repeated"),
			tokens(
				"inputTokens",
				"cacheWrite5mTokens",
				"cacheWrite1hTokens",
				"cacheReadTokens",
			).as("promptTokens"),
			tokens("cacheReadTokens").as("cachedTokens"),
			tokens("outputTokens").as("outputTokens"),
			sql<number>`sum(${COST})`.as("usd"),
		])
		.where("run_id", "=", runId)
		.where(sql<boolean>`asked_at <= ${end}`)
		.groupBy(["conversation", "role"])
		.orderBy(sql`min(id)`)
		.execute();
	return rows.map(({ conversation, role, ...tally }) => ({
		phase: attemptOf(conversation)?.phase ?? 0,
		attempt: attemptOf(conversation)?.attempt ?? 0,
		agent: agentOf(conversation) ?? conversation,
		role: role ?? "",
		...tally,
	}));
}

/** What building cost in each delivered run of the repository before this one. */
export async function earlierCosts(
	db: Connection,
	run: { readonly id: string; readonly repositoryId: number },
	from: number,
): Promise<number[]> {
	const rows = await db
		.selectFrom("runs")
		.select("state")
		.where("repo_id", "=", run.repositoryId)
		.where("id", "<>", run.id)
		.where(
			sql<boolean>`state ->> 'state' in ('delivered', 'closed') and not coalesce((state -> 'config' ->> 'preview')::boolean, false)`,
		)
		.orderBy("run_no", "desc")
		.limit(MOST_RUNS)
		.execute();
	return rows
		.map(({ state }) => state.done.filter(({ phase }) => phase >= from))
		.filter((done) => done.length > 0)
		.map((done) => done.reduce((sum, { usd }) => sum + usd, 0));
}

const MOST_RUNS = 20;
