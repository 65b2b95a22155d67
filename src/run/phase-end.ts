// What the end of an attempt does to its run.
import type { PhaseDone, PhaseFailed } from "./advance.ts";
import { asItStood, goOn, nothing, openGate, reportTrouble } from "./moves.ts";
import type { Step } from "./order.ts";
import type { Run } from "./run.ts";

export function phaseDone(run: Run, event: PhaseDone): Step {
	if (!isCurrent(run, event) || isDone(run)) return nothing(run);
	const after = withResult(run, event);
	if (event.gate) return asItStood(run, openGate(after, event.gate, event.at));
	if (run.state === "paused")
		return { run: after, orders: [{ do: "show-status" }] };
	return goOn(after, event.at);
}

export function phaseFailed(run: Run, event: PhaseFailed): Step {
	if (!isCurrent(run, event) || isDone(run)) return nothing(run);
	return asItStood(run, reportTrouble(run, event.failure, event.at));
}

function withResult(run: Run, event: PhaseDone): Run {
	const { phase, attempt, seconds, usd, commentUrl, pull } = event;
	const result = {
		...{ phase, attempt, seconds, usd },
		...(commentUrl ? { commentUrl } : {}),
		...(pull ? { pull } : {}),
	};
	return {
		...run,
		done: [...run.done.filter((other) => other.phase !== phase), result],
		questions: event.questions ?? run.questions,
		risks: event.risks ?? run.risks,
	};
}

const isCurrent = (run: Run, at: { phase: number; attempt: number }) =>
	(run.state === "working" || run.state === "paused") &&
	run.phase === at.phase &&
	run.attempt === at.attempt;

const isDone = (run: Run) =>
	run.done.some(
		(done) => done.phase === run.phase && done.attempt === run.attempt,
	);
