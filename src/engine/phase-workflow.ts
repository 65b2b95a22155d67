// One attempt of one phase, made durable: announce, perform, keep the report,
// tell the run. Replayed after a crash, it goes on where it was. Of what people
// read it waits only for what asks them something.
import type { Agents, Lead, Phase } from "../phases/phase.ts";
import type { Reports } from "../reports/reports.ts";
import { stackOf } from "../reports/stack.ts";
import type { Decision, GateRequest } from "../run/gate.ts";
import { FIRST_APPROVED_PHASE } from "../run/moves.ts";
import type { Run } from "../run/run.ts";
import { apply } from "./apply.ts";
import { rememberAsk } from "./ask.ts";
import { leadOf, takenBy, tellFailure } from "./attempt.ts";
import { patiently } from "./back-off.ts";
import { AttemptFailed, failureOf, isStop } from "./failure.ts";
import { durableJournal, patientJournal } from "./journal.ts";
import { howThingsStand } from "./now.ts";
import { type Parts, phaseOf } from "./parts.ts";
import { keepUntold, staysQuiet } from "./quiet.ts";
import { showStatus } from "./show-status.ts";
import {
	type AttemptKey,
	beginAttempt,
	findAttempt,
	readAttempt,
} from "./store/attempts.ts";
import { reportBefore, reportsOf, saveReport } from "./store/reports.ts";
import { readRun } from "./store/runs.ts";
import { tellPhase } from "./tell-phase.ts";

/**
 * The body of the phase workflow. Between its beginning and its end only steps
 * may look at the clock or at what changes; these two may happen again, for an
 * attempt that the run has left behind does not begin.
 */
export async function performPhase(
	parts: Parts,
	agents: Agents,
	key: AttemptKey,
	resolving: Decision | undefined,
	announcing: (announced: Promise<void>) => void,
): Promise<void> {
	let announced: Promise<void> = Promise.resolve();
	try {
		if (!(await begin(parts, key))) return;
		announced = patiently(() => announce(parts, key.runId));
		// Whoever waits for it hears of its failure.
		announced.catch(() => {});
		announcing(announced);
		const phase = phaseOf(parts, key.phase);
		const [{ run }, earlier] = await Promise.all([
			readAttempt(parts.db, key),
			reportBefore(parts.db, key),
		]);
		const lead = await makeLead(parts, agents, key, {
			run,
			earlier: earlier ? { [phase.report]: earlier } : {},
			isResolving: isResolving(phase, resolving),
		});
		const report = await perform(phase, lead, earlier, resolving);
		await announced;
		await end(parts, key, { phase, lead, report });
	} catch (error) {
		if (isStop(error)) throw error;
		await announced.catch(() => {});
		parts.log.error({ ...key, error }, "an attempt failed");
		await tellFailure(parts, key, error);
	}
}

/** Fixes the run as the attempt sees it. False when the run turned elsewhere instead. */
async function begin(parts: Parts, key: AttemptKey): Promise<boolean> {
	const begun = await findAttempt(parts.db, key);
	if (!begun && key.phase === FIRST_APPROVED_PHASE)
		await patiently(() => recheckApproval(parts, key));
	const run = await readRun(parts.db, key.runId);
	if (!run) throw new Error(`there is no run ${key.runId}`);
	const isCurrent = run.phase === key.phase && run.attempt === key.attempt;
	const isWanted = run.state === "working" || run.state === "paused";
	if (!isCurrent || !isWanted) return false;
	if (!begun) await beginAttempt(parts.db, key, run);
	return true;
}

/** What is still being told of the phase before ends in a status of its own, which shows this one too. */
async function announce(parts: Parts, runId: string): Promise<void> {
	const said = await parts.allSaid(runId).catch(() => undefined);
	if (!said?.has("tell-phase")) await showStatus(parts, runId);
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
	readonly run: Run;
	readonly earlier: Partial<Reports>;
	readonly isResolving: boolean;
}

async function makeLead(
	parts: Parts,
	agents: Agents,
	key: AttemptKey,
	{ run, earlier, isResolving }: Past,
): Promise<Lead> {
	const known = await reportsOf(parts.db, run);
	// What a gate's answer is about stands while the answer is acted on.
	const reports = isResolving ? { ...known, ...earlier } : known;
	return leadOf(parts, agents, key, { run, reports, earlier });
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

interface Performed {
	readonly phase: Phase;
	readonly lead: Lead;
	readonly report: unknown;
}

/** A gate opens when its question stands on GitHub; a plain result is told while the run goes on. */
async function end(
	parts: Parts,
	key: AttemptKey,
	performed: Performed,
): Promise<void> {
	const { phase, lead, report } = performed;
	const gate = phase.gate?.(report as never, lead);
	const asked = gate && (await ask(parts, key, performed, gate));
	const quiet = !asked && staysQuiet(lead.run, phase, report);
	if (quiet) await keepUntold(parts.db, key, phase.view(report as never, lead));
	await apply(parts, key.runId, {
		type: "phase-done",
		...key,
		...(asked ?? (await keep(parts, key, report))),
		...openedBy(phase, report),
		...phase.register?.(report as never),
		...(gate ? { gate } : { tell: !quiet }),
		at: new Date().toISOString(),
	});
}

async function ask(
	parts: Parts,
	key: AttemptKey,
	{ lead, report }: Performed,
	gate: GateRequest,
) {
	const spent = await durableJournal.step("save report", () =>
		keep(parts, key, report),
	);
	const commentUrl = await publishing(() =>
		patientJournal.step("ask", async () => {
			await parts.allSaid(key.runId);
			const { id, url } = await tellPhase(parts, key, { ...spent, gate });
			const { repository } = lead.run;
			const { reader } = parts.connect(repository, key.runId);
			await rememberAsk(parts.db, reader, key, id);
			return url;
		}),
	);
	return { ...spent, commentUrl };
}

/** Keeps the report; what it took stands from then on. */
async function keep(parts: Parts, key: AttemptKey, report: unknown) {
	const [taken] = await Promise.all([
		takenBy(parts, key),
		saveReport(parts.db, key, report),
	]);
	return taken;
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
