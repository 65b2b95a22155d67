// What the attempts of a phase and those at a review have in common: what they
// work with, what they took, and how they end when they fail.
import type { Agents, Lead } from "../phases/phase.ts";
import type { Reports } from "../reports/reports.ts";
import type { Run } from "../run/run.ts";
import { apply } from "./apply.ts";
import { failureOf } from "./failure.ts";
import { durableJournal, patientJournal } from "./journal.ts";
import { costOfPhase, forecastOf } from "./money.ts";
import type { Parts } from "./parts.ts";
import { type AttemptKey, readAttempt } from "./store/attempts.ts";
import { readRun } from "./store/runs.ts";

export interface Material {
	/** As the attempt sees it. */
	readonly run: Run;
	readonly reports: Partial<Reports>;
	readonly earlier: Partial<Reports>;
}

export const leadOf = (
	parts: Parts,
	agents: Agents,
	{ phase, attempt }: AttemptKey,
	{ run, reports, earlier }: Material,
): Lead =>
	parts.makeLead({
		...{ run, reports, earlier, phase, attempt, agents },
		journal: durableJournal,
		patient: patientJournal,
		services: parts.servicesFor(run),
		forecast: () => forecastOf(parts.db, run),
		now: async () => (await readRun(parts.db, run.id)) ?? run,
	});

/** Up to now. */
export async function takenBy(
	{ db }: Parts,
	key: AttemptKey,
): Promise<{ readonly seconds: number; readonly usd: number }> {
	const { run, startedAt } = await readAttempt(db, key);
	const usd = await costOfPhase(db, run, key);
	const seconds = Math.round((Date.now() - startedAt.getTime()) / 100) / 10;
	return { seconds, usd };
}

export async function tellFailure(
	parts: Parts,
	key: AttemptKey,
	error: unknown,
): Promise<void> {
	const failure = failureOf(error, parts.secrets);
	await durableJournal.step("fail", () =>
		apply(parts, key.runId, {
			...{ type: "phase-failed", ...key, failure },
			at: new Date().toISOString(),
		}),
	);
}
