// The few ways a run moves; everything in advance.ts and answers.ts is made of them.
import { PHASE_COUNT } from "../reports/workflow.ts";
import { mergeGate } from "./awaited-pulls.ts";
import { MOST_USD, raise, writeBudget } from "./budget.ts";
import type { Decision, GateRequest } from "./gate.ts";
import type { Order, Step } from "./order.ts";
import type { Failure, Run } from "./run.ts";
import { stuckGate } from "./stuck.ts";

/** Implementation and Evaluation touch the repository: they need an approval. */
export const FIRST_APPROVED_PHASE = 7;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `run` without the given optional fields. */
function without(
	run: Run,
	...fields: (
		| "gate"
		| "trouble"
		| "resolving"
		| "approval"
		| "pausedBy"
		| "ground"
		| "answersSince"
	)[]
): Run {
	const copy: Mutable<Run> = { ...run };
	for (const field of fields) delete copy[field];
	return copy;
}

/** What happened changes nothing. */
export const nothing = (run: Run): Step => ({ run, orders: [] });

/** A paused run stays so, whatever happens to it, until what paused it is undone. */
export function asItStood({ state, pausedBy }: Run, step: Step): Step {
	if (state !== "paused") return step;
	return {
		...step,
		run: { ...step.run, state, ...(pausedBy ? { pausedBy } : {}) },
	};
}

/** Starts a phase as a new attempt; later phases count as not done any more. */
export function startPhase(
	run: Run,
	phase: number,
	resolving?: Decision,
): Step {
	if (phase >= FIRST_APPROVED_PHASE && !run.approval)
		throw new Error(`phase ${phase} must not start without an approval`);
	const attempt = (run.attempts[phase] ?? 0) + 1;
	const next: Run = {
		...without(run, "gate", "trouble", "resolving", "pausedBy", "answersSince"),
		...(resolving ? { resolving } : {}),
		state: "working",
		phase,
		attempt,
		attempts: { ...run.attempts, [phase]: attempt },
		done: run.done.filter((done) => done.phase < phase),
		// A register made anew numbers its risks anew.
		...(phase <= 3 ? { risks: [], rulings: [] } : {}),
		// A design made on today's ground has no changes under it.
		...(phase <= 4 ? { changes: [] } : {}),
	};
	const order: Order = {
		do: "start-phase",
		phase,
		attempt,
		...(resolving ? { resolving } : {}),
	};
	return { run: next, orders: [order] };
}

/** The phase that failed once more: what its agents were answered need not be asked again. */
export function tryAgain(run: Run): Step {
	const { phase, attempt, resolving, answersSince = attempt } = run;
	const { run: next, orders } = startPhase(run, phase, resolving);
	return { run: { ...next, answersSince }, orders };
}

/** Where a run is delivered: a preview ends with the design. */
export const lastPhase = ({ config }: Run) =>
	config.preview ? FIRST_APPROVED_PHASE - 1 : PHASE_COUNT;

const NOT_ASKED: Failure = {
	kind: "internal",
	message: "The design ended without asking for its approval.",
};

/** Goes on, unless a pull request is to be merged before, or cannot follow what was. */
export function goOn(run: Run, at: string): Step {
	const asked = mergeGate(run) ?? stuckGate(run);
	const gate = run.phase < lastPhase(run) ? asked : undefined;
	if (!gate) return nextPhase(run, at);
	const { phase, attempt } = run;
	const asking = openGate(run, gate, at);
	return {
		run: asking.run,
		orders: [{ do: "ask-merge", phase, attempt }, ...asking.orders],
	};
}

/** To the phase after the current one; after the last one the run is delivered. */
export function nextPhase(run: Run, at: string): Step {
	const next = run.phase + 1;
	if (next <= lastPhase(run))
		return next >= FIRST_APPROVED_PHASE && !run.approval
			? reportTrouble(run, NOT_ASKED, at)
			: startPhase(run, next);
	return {
		run: {
			...without(run, "gate", "trouble"),
			state: "delivered",
			endedAt: at,
		},
		orders: [{ do: "show-status" }],
	};
}

/** The order that stops what is at work, if anything is. */
function stopping({ state, gate, phase, attempt }: Run): Order[] {
	const atWork = state === "working" || (state === "paused" && !gate);
	return atWork ? [{ do: "stop-phase", phase, attempt }] : [];
}

/** A design that is made anew needs an approval of its own, and a ground: its base. */
export const withdrawApproval = (run: Run): Run =>
	without(run, "approval", "ground");

/** Redoes the run from `phase` on, stopping what is at work. */
export function redoFrom(run: Run, phase: number): Step {
	const ground = phase < FIRST_APPROVED_PHASE ? withdrawApproval(run) : run;
	const started = startPhase(ground, phase);
	return { run: started.run, orders: [...stopping(run), ...started.orders] };
}

/** Lets a paused run go on from where it stood. */
export function resume(paused: Run, at: string): Step {
	const run = without(paused, "pausedBy");
	const { phase, attempt, done, gate } = run;
	const ended = done.some((d) => d.phase === phase && d.attempt === attempt);
	// It may have been merged meanwhile.
	const isSettled = gate?.name === "findings" && gate.choices?.length === 0;
	if (ended && (!gate || gate.name === "stack" || isSettled))
		return goOn(run, at);
	return {
		run: { ...run, state: gate ? "waiting" : "working" },
		orders: [{ do: "show-status" }],
	};
}

export function openGate(run: Run, request: GateRequest, at: string): Step {
	return {
		run: {
			...run,
			state: "waiting",
			gate: {
				...request,
				phase: run.phase,
				attempt: run.attempt,
				openedAt: at,
			},
		},
		orders: [{ do: "show-status" }],
	};
}

/** Failures that the same answers would lead to once more. */
const OF_ANSWERS: readonly Failure["kind"][] = [
	"context overflow",
	"invalid submission",
	"refusal",
];

export const isOfAnswers = ({ kind }: Failure) => OF_ANSWERS.includes(kind);

/** Nobody knows what they come of: it may be what was answered. */
const isUnexplained = ({ kind }: Failure) =>
	kind === "crashed" || kind === "internal";

/** Where the answers kept led to a failure again, they are asked for anew. */
const again = ({ phase, answersSince }: Run, failure: Failure): string =>
	answersSince !== undefined && (isOfAnswers(failure) || isUnexplained(failure))
		? `/retry ${phase}`
		: "/retry";

/** What a person can do about each kind of failure, as a command. */
function wayOut(run: Run, failure: Failure): string {
	if (failure.kind !== "budget") return again(run, failure);
	if (failure.exceeded) return raise(failure.exceeded);
	return writeBudget("run", Math.min(MOST_USD, Math.ceil(run.budgetUsd * 2)));
}

export function reportTrouble(run: Run, failure: Failure, at: string): Step {
	const waiting = openGate(
		{ ...run, trouble: failure.message },
		{
			name: "trouble",
			command: wayOut(run, failure),
			question: "How shall I go on?",
		},
		at,
	);
	const { phase, attempt } = run;
	return {
		run: waiting.run,
		orders: [
			{ do: "tell-trouble", phase, attempt, failure },
			...waiting.orders,
		],
	};
}

export function end(run: Run, state: "cancelled" | "closed", at: string): Step {
	return {
		run: { ...without(run, "gate", "pausedBy"), state, endedAt: at },
		orders: [...stopping(run), { do: "show-status" }],
	};
}
