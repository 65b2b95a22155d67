// What the end of an attempt does to its run.
import type { PhaseDone, PhaseFailed, PhaseTold } from "./advance.ts";
import { askForTheRest } from "./dismiss.ts";
import { asItStood, goOn, nothing, openGate, reportTrouble } from "./moves.ts";
import type { Order, Step } from "./order.ts";
import type { DonePhase, Run } from "./run.ts";

export function phaseDone(run: Run, event: PhaseDone): Step {
	if (!isCurrent(run, event) || isDone(run)) return nothing(run);
	const after = withResult(run, event);
	if (event.gate) {
		const asking = openGate(after, event.gate, event.at);
		return asItStood(run, joined(asking, askForTheRest(asking.run, event.at)));
	}
	const next: Step =
		run.state === "paused"
			? { run: after, orders: [{ do: "show-status" }] }
			: goOn(after, event.at);
	return { run: next.run, orders: [...telling(event), ...next.orders] };
}

/** Somebody may have settled meanwhile what it asks about. */
const joined = (first: Step, then: Step): Step => ({
	run: then.run,
	orders: [...first.orders, ...then.orders],
});

/** What a phase found is told before what follows from it. */
function telling({ tell, phase, attempt, seconds, usd }: PhaseDone): Order[] {
	return tell ? [{ do: "tell-phase", phase, attempt, seconds, usd }] : [];
}

/** Also of a run that has gone on, or has ended, since. */
export function phaseTold(run: Run, told: PhaseTold): Step {
	const isIt = (done: DonePhase) =>
		done.phase === told.phase && done.attempt === told.attempt;
	if (!run.done.some(isIt)) return nothing(run);
	const { comment } = told;
	const result = comment.ok
		? { commentUrl: comment.url }
		: { untold: comment.reason };
	return {
		run: {
			...run,
			done: run.done.map((done) =>
				isIt(done) ? { ...done, ...result } : done,
			),
		},
		orders: [{ do: "show-status" }],
	};
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
		...(event.findings ? { findings: event.findings } : {}),
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
