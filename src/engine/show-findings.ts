// Findings follow their code: shown anew on the heads that pull requests have
// now, at the lines where the code stands now, without those that people settled.
import { whereNow } from "../ml/relocate.ts";
import { type Finding, FOCI } from "../reports/findings.ts";
import type { Reports } from "../reports/reports.ts";
import { stackOf } from "../reports/stack.ts";
import type { Run } from "../run/run.ts";
import { apply } from "./apply.ts";
import { checkRequest } from "./check-request.ts";
import type { Parts } from "./parts.ts";
import { reportsOf } from "./store/reports.ts";
import { readRun } from "./store/runs.ts";
import { tellPhase } from "./tell-phase.ts";

export async function showFindings(
	parts: Parts,
	runId: string,
	numbers: readonly number[],
): Promise<void> {
	const run = await readRun(parts.db, runId);
	const reports = run && (await reportsOf(parts.db, run));
	if (!run || !reports?.review) return;
	for (const { pull } of stackOf(reports))
		if (numbers.includes(pull.number))
			await showOn(parts, run, reports.review, pull.number);
	await tellAnew(parts, runId);
}

type Review = Reports["review"];

async function showOn(
	parts: Parts,
	run: Run,
	review: Review,
	number: number,
): Promise<void> {
	const { reader, publisher, tree } = parts.servicesFor(run);
	const { state, headSha, branch } = await reader.pull(number);
	if (state !== "open") return;
	const files = await tree(headSha, branch);
	const mine = review.findings.filter(({ pull }) => pull === number);
	const { there, gone } = await whereNow(mine, (path) => files.text(path));
	const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);
	const at = new Date().toISOString();
	const seen = { there: ids(there), gone: ids(gone), head: headSha, at };
	await apply(parts, run.id, { type: "findings-seen", ...seen });
	const settled = (await readRun(parts.db, run.id)) ?? run;
	const shown = { ...review, findings: [...there, ...gone] };
	const here = { headSha, pull: number, run: settled, review: shown };
	await publisher.checks(
		FOCI.map((focus) => checkRequest(run.id, { ...here, focus })),
	);
}

/** Phase 10's comment says what became of them. */
async function tellAnew(parts: Parts, runId: string): Promise<void> {
	const run = await readRun(parts.db, runId);
	const done = run?.done.find(({ phase }) => phase === 10);
	if (!run || !done?.commentUrl) return;
	const { phase, attempt, seconds, usd } = done;
	const asks = run.gate?.phase === phase && run.gate.attempt === attempt;
	const gate = asks && run.gate ? { gate: run.gate } : {};
	await tellPhase(parts, { runId, phase, attempt }, { seconds, usd, ...gate });
}
