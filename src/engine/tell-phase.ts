// The comment on a phase's result, rendered from what was kept of the attempt:
// written whenever its turn comes, it says what it would have said at once.
import type { Posted } from "../github/once.ts";
import type { GateRequest } from "../run/gate.ts";
import { lastPhase } from "../run/moves.ts";
import { mergesLine, renderMerges } from "../views/merges.ts";
import { renderPhaseComment } from "../views/phase-comment.ts";
import type { PhaseView } from "../views/phase-view.ts";
import { ciOf } from "./follow-ci.ts";
import { complete } from "./lead/complete.ts";
import { footing } from "./money.ts";
import { type Parts, phaseOf } from "./parts.ts";
import { noteTold, withUntold } from "./quiet.ts";
import { type AttemptKey, readAttempt } from "./store/attempts.ts";
import {
	hasReport,
	readReport,
	reportBefore,
	reportsOf,
} from "./store/reports.ts";
import { readRun } from "./store/runs.ts";

export interface Telling {
	readonly seconds: number;
	readonly usd: number;
	readonly gate?: GateRequest;
}

/** The summary tells once more where all that was merged ended up. */
export async function tellMerges(parts: Parts, runId: string): Promise<void> {
	const run = await readRun(parts.db, runId);
	const last = run?.done.find(({ phase }) => phase === lastPhase(run));
	if (!run || !last) return;
	const { phase, attempt, seconds, usd } = last;
	const key = { runId, phase, attempt };
	if (await hasReport(parts.db, key)) {
		await tellPhase(parts, key, { seconds, usd });
		return;
	}
	const { publisher } = parts.connect(run.repository, run.id);
	await publisher.comment(run.issue.number, "merged", renderMerges(run));
}

/** The summary says, too, where it all ended up, or how it stands until then. */
async function withEnding(
	parts: Parts,
	{ runId, phase }: AttemptKey,
	view: PhaseView,
): Promise<PhaseView> {
	const run = await readRun(parts.db, runId);
	if (!run || phase !== lastPhase(run)) return view;
	const line = mergesLine(run) ?? (await ciOf(parts, run));
	return line ? { ...view, summary: `${view.summary}\n\n${line}` } : view;
}

export async function tellPhase(
	parts: Parts,
	key: AttemptKey,
	telling: Telling,
): Promise<Posted> {
	const { db } = parts;
	const phase = phaseOf(parts, key.phase);
	const [{ run: then }, now] = await Promise.all([
		readAttempt(db, key),
		readRun(db, key.runId),
	]);
	// What was found is shown with what people made of it since.
	const { dismissals = [], resolutions = [] } = now ?? then;
	const run = { ...then, dismissals, resolutions };
	const [earlier, holding, report, foot] = await Promise.all([
		reportBefore(db, key),
		reportsOf(db, run),
		readReport(db, key),
		footing(db, run, key),
	]);
	const before = complete({
		...(earlier ? { [phase.report]: earlier } : {}),
		...holding,
	});
	const view = phase.view(report as never, { run, before });
	const { publisher } = parts.connect(run.repository, run.id);
	const posted = await publisher.comment(
		run.issue.number,
		`phase-${key.phase}-${key.attempt}`,
		renderPhaseComment({
			run,
			phase,
			attempt: key.attempt,
			view: await withUntold(db, run, key, await withEnding(parts, key, view)),
			...telling,
			...foot,
		}),
	);
	await noteTold(db, run, key);
	return posted;
}
