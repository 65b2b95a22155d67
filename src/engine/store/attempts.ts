import type { Run } from "../../run/run.ts";
import type { Connection } from "../database.ts";
import { keepByRun } from "./keep-by-run.ts";
import { json } from "./sql.ts";

/** One execution of one phase of a run. */
export interface AttemptKey {
	readonly runId: string;
	readonly phase: number;
	readonly attempt: number;
}

export interface Attempt {
	/** The run as it stood when the attempt began: fixed, so that a replay sees the same. */
	readonly run: Run;
	readonly startedAt: Date;
}

/** An attempt's beginning never changes, and every step of it asks. */
const beginnings = keepByRun<Attempt>();

export const forgetAttempts = beginnings.forget;

/** Writes down the beginning once; a second call changes nothing. */
export async function beginAttempt(
	db: Connection,
	{ runId, phase, attempt }: AttemptKey,
	run: Run,
): Promise<void> {
	await db
		.insertInto("attempts")
		.values({ run_id: runId, phase, attempt, run: json(run) })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** Undefined where it has not begun. */
export async function findAttempt(
	db: Connection,
	{ runId, phase, attempt }: AttemptKey,
): Promise<Attempt | undefined> {
	const known = beginnings.of(db, runId);
	const name = `${phase}/${attempt}`;
	const found = known.get(name);
	if (found) return found;
	const row = await db
		.selectFrom("attempts")
		.select(["run", "started_at"])
		.where("run_id", "=", runId)
		.where("phase", "=", phase)
		.where("attempt", "=", attempt)
		.executeTakeFirst();
	if (!row) return undefined;
	const begun = { run: row.run, startedAt: row.started_at };
	known.set(name, begun);
	return begun;
}

export async function readAttempt(
	db: Connection,
	key: AttemptKey,
): Promise<Attempt> {
	const begun = await findAttempt(db, key);
	if (begun) return begun;
	const { runId, phase, attempt } = key;
	throw new Error(
		`attempt ${attempt} of phase ${phase} of ${runId} has not begun`,
	);
}

/** Counts a crash under an attempt; gives how many there were. */
export async function countCrash(
	db: Connection,
	{ runId, phase, attempt }: AttemptKey,
): Promise<number> {
	const row = await db
		.updateTable("attempts")
		.set((columns) => ({ crashes: columns("crashes", "+", 1) }))
		.where("run_id", "=", runId)
		.where("phase", "=", phase)
		.where("attempt", "=", attempt)
		.returning("crashes")
		.executeTakeFirst();
	return row?.crashes ?? 0;
}
