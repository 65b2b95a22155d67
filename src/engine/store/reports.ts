import { type Reports, reportNameOf } from "../../reports/reports.ts";
import type { Run } from "../../run/run.ts";
import type { Connection } from "../database.ts";
import type { AttemptKey } from "./attempts.ts";
import { keepByRun } from "./keep-by-run.ts";
import { json } from "./sql.ts";

export async function saveReport(
	db: Connection,
	{ runId, phase, attempt }: AttemptKey,
	report: unknown,
): Promise<void> {
	await db
		.insertInto("reports")
		.values({ run_id: runId, phase, attempt, report: json(report) })
		.onConflict((conflict) =>
			conflict
				.columns(["run_id", "phase", "attempt"])
				.doUpdateSet({ report: json(report) }),
		)
		.execute();
}

export async function readReport(
	db: Connection,
	{ runId, phase, attempt }: AttemptKey,
): Promise<unknown> {
	const row = await db
		.selectFrom("reports")
		.select("report")
		.where("run_id", "=", runId)
		.where("phase", "=", phase)
		.where("attempt", "=", attempt)
		.executeTakeFirstOrThrow();
	return row.report;
}

/** The report of an attempt that counts as done never changes. */
const done = keepByRun<unknown>();

export const forgetReports = done.forget;

/** The reports that hold for `run`: those of the attempts that count as done, or of the reviews that changed them since. */
export async function reportsOf(
	db: Connection,
	run: Run,
): Promise<Partial<Reports>> {
	const known = done.of(db, run.id);
	const name = (of: Holding) => `${of.phase}/${of.attempt}`;
	const holding = run.done.map(
		({ phase, attempt, revised = attempt }): Holding => ({
			phase,
			attempt: revised,
		}),
	);
	const missing = holding.filter((one) => !known.has(name(one)));
	if (missing.length > 0)
		for (const row of await reportsIn(db, run.id, missing))
			known.set(name(row), row.report);
	return Object.fromEntries(
		holding
			.filter((one) => known.has(name(one)))
			.map((one) => [reportNameOf(one.phase), known.get(name(one))]),
	);
}

type Holding = Pick<AttemptKey, "phase" | "attempt">;

const reportsIn = (
	db: Connection,
	runId: string,
	attempts: readonly Holding[],
) =>
	db
		.selectFrom("reports")
		.select(["phase", "attempt", "report"])
		.where("run_id", "=", runId)
		.where((row) =>
			row.or(attempts.map(({ phase, attempt }) => row.and({ phase, attempt }))),
		)
		.execute();

/** The report that a gate's answer is about: the newest one before this attempt. */
export async function reportBefore(
	db: Connection,
	{ runId, phase, attempt }: AttemptKey,
): Promise<unknown> {
	if (attempt === 1) return undefined;
	const row = await db
		.selectFrom("reports")
		.select("report")
		.where("run_id", "=", runId)
		.where("phase", "=", phase)
		.where("attempt", "<", attempt)
		.orderBy("attempt", "desc")
		.limit(1)
		.executeTakeFirst();
	return row?.report;
}

export async function hasReport(
	db: Connection,
	{ runId, phase, attempt }: AttemptKey,
): Promise<boolean> {
	const row = await db
		.selectFrom("reports")
		.select("run_id")
		.where("run_id", "=", runId)
		.where("phase", "=", phase)
		.where("attempt", "=", attempt)
		.executeTakeFirst();
	return row !== undefined;
}
