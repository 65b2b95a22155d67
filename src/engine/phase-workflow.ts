// One attempt of one phase, made durable: announce, perform, keep the report,
// publish it, tell the run. Replayed after a crash, it goes on where it was.
import type { Agents, Lead, Phase } from "../phases/phase.ts";
import type { Reports } from "../reports/reports.ts";
import { stackOf } from "../reports/stack.ts";
import { FIRST_APPROVED_PHASE } from "../run/moves.ts";
import type { Decision, GateRequest } from "../run/run.ts";
import { renderPhaseComment } from "../views/phase-comment.ts";
import { apply } from "./apply.ts";
import { rememberAsk } from "./ask.ts";
import { AttemptFailed, failureOf, isStop } from "./failure.ts";
import { durableJournal, patientJournal } from "./journal.ts";
import { howThingsStand } from "./now.ts";
import type { Parts } from "./parts.ts";
import { keepUntold, noteTold, staysQuiet, withUntold } from "./quiet.ts";
import { showStatus } from "./show-status.ts";
import {
	type AttemptKey,
	beginAttempt,
	readAttempt,
} from "./store/attempts.ts";
import { reportBefore, reportsOf, saveReport } from "./store/reports.ts";
import { readRun } from "./store/runs.ts";
import { spentUsd } from "./store/turns.ts";
import { phaseWorkflowId } from "./workflow-ids.ts";

/** The body of the phase workflow: only steps may look at the clock or at what changes. */
export async function performPhase(
	parts: Parts,
	agents: Agents,
	key: AttemptKey,
	resolving: Decision | undefined,
): Promise<void> {
	try {
		const begins = await patientJournal.step("announce", () =>
			announce(parts, key),
		);
		if (!begins) return;
		const phase = phaseOf(parts, key.phase);
		const earlier = await reportBefore(parts.db, key);
		const lead = await makeLead(parts, agents, key, {
			earlier: earlier ? { [phase.report]: earlier } : {},
			isResolving: isResolving(phase, resolving),
		});
		const report = await perform(phase, lead, earlier, resolving);
		await durableJournal.step("save report", () =>
			saveReport(parts.db, key, report),
		);
		const gate = phase.gate?.(report as never, lead);
		const published = await publishing(() =>
			patientJournal.step("publish", () =>
				publish(parts, key, phase, lead, report, gate),
			),
		);
		await durableJournal.step("advance", () =>
			apply(parts, key.runId, {
				type: "phase-done",
				...key,
				...published,
				...openedBy(phase, report),
				...phase.register?.(report as never),
				...(gate ? { gate } : {}),
				at: new Date().toISOString(),
			}),
		);
	} catch (error) {
		if (isStop(error)) throw error;
		parts.log.error({ ...key, error }, "an attempt failed");
		const failure = failureOf(error, parts.secrets);
		await durableJournal.step("fail", () =>
			apply(parts, key.runId, {
				type: "phase-failed",
				...key,
				failure,
				at: new Date().toISOString(),
			}),
		);
	}
}

/**
 * Fixes the run as the attempt sees it, and shows the phase before any model is
 * asked. False when the run turned elsewhere instead.
 */
async function announce(parts: Parts, key: AttemptKey): Promise<boolean> {
	if (key.phase === FIRST_APPROVED_PHASE) await recheckApproval(parts, key);
	const run = await readRun(parts.db, key.runId);
	if (!run) throw new Error(`there is no run ${key.runId}`);
	const isCurrent = run.phase === key.phase && run.attempt === key.attempt;
	const isWanted = run.state === "working" || run.state === "paused";
	if (!isCurrent || !isWanted) return false;
	await beginAttempt(parts.db, key, run);
	await showStatus(parts, key.runId);
	return true;
}

/** Between the approval and the first line of code the world may have moved on. */
async function recheckApproval(parts: Parts, key: AttemptKey): Promise<void> {
	const run = await readRun(parts.db, key.runId);
	if (!run) return;
	await apply(parts, key.runId, {
		type: "design-outdated",
		attempt: key.attempt,
		now: await howThingsStand(parts, run),
		at: new Date().toISOString(),
	});
}

interface Past {
	readonly earlier: Partial<Reports>;
	readonly isResolving: boolean;
}

async function makeLead(
	parts: Parts,
	agents: Agents,
	key: AttemptKey,
	{ earlier, isResolving }: Past,
): Promise<Lead> {
	const { run } = await readAttempt(parts.db, key);
	const reports = await reportsOf(parts.db, run);
	return parts.makeLead({
		run,
		// What a gate's answer is about stands while the answer is acted on.
		reports: isResolving ? { ...reports, ...earlier } : reports,
		earlier,
		journal: durableJournal,
		patient: patientJournal,
		phase: key.phase,
		attempt: key.attempt,
		agents,
		services: parts.servicesFor(run),
	});
}

const isResolving = (phase: Phase, decision: Decision | undefined) =>
	decision !== undefined && phase.resolve !== undefined;

async function perform(
	phase: Phase,
	lead: Lead,
	earlier: unknown,
	resolving: Decision | undefined,
): Promise<unknown> {
	if (!resolving || !phase.resolve) return phase.perform(lead);
	return phase.resolve(lead, earlier as never, resolving);
}

/** What people may merge from now on. */
function openedBy(phase: Phase, report: unknown) {
	const [opened] = stackOf({ [phase.report]: report });
	if (!opened) return {};
	const { number, branch } = opened.pull;
	return { pull: { number, branch } };
}

interface Published {
	readonly commentUrl?: string;
	readonly seconds: number;
	readonly usd: number;
}

async function publish(
	parts: Parts,
	key: AttemptKey,
	phase: Phase,
	lead: Lead,
	report: unknown,
	gate: GateRequest | undefined,
): Promise<Published> {
	const { run } = lead;
	const { startedAt } = await readAttempt(parts.db, key);
	const seconds = Math.round((Date.now() - startedAt.getTime()) / 100) / 10;
	const usd = await spentUsd(parts.db, key.runId, `${phaseWorkflowId(key)}/`);
	const view = phase.view(report as never, lead);
	if (staysQuiet(run, phase, report, gate)) {
		await keepUntold(parts.db, key, view);
		return { seconds, usd };
	}
	const { publisher, reader } = parts.connect(run.repository, run.id);
	const { id, url } = await publisher.comment(
		run.issue.number,
		`phase-${key.phase}-${key.attempt}`,
		renderPhaseComment({
			run,
			phase,
			attempt: key.attempt,
			view: await withUntold(parts.db, run, key, view),
			...(gate ? { gate } : {}),
			seconds,
			usd,
		}),
	);
	await noteTold(parts.db, run, key);
	if (gate) await rememberAsk(parts.db, reader, key, id);
	return { commentUrl: url, seconds, usd };
}

/** What GitHub does not take after many tries is a failure to publish, whatever it was. */
async function publishing<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (isStop(error)) throw error;
		const { message } = failureOf(error, []);
		throw new AttemptFailed({ kind: "publishing", message });
	}
}

function phaseOf({ phases }: Parts, number: number): Phase {
	const phase = phases[number - 1];
	if (!phase) throw new RangeError(`there is no phase ${number}`);
	return phase;
}
