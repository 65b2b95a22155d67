// The workflow's policy: what an event does to a run. Pure; the engine applies it
// in one transaction, so an event counts exactly once however often it arrives.
import { answerCommand } from "./answers.ts";
import type { Command } from "./commands.ts";
import { end, goOn, openGate, reportTrouble } from "./moves.ts";
import type { Step } from "./order.ts";
import type { CollaboratorRole } from "./permissions.ts";
import { type Failure, type GateRequest, isLive, type Run } from "./run.ts";

export type Event = PhaseDone | PhaseFailed | CommandGiven | IssueClosed;

export interface PhaseDone {
	readonly type: "phase-done";
	readonly phase: number;
	readonly attempt: number;
	readonly gate?: GateRequest;
	readonly commentUrl?: string;
	readonly seconds: number;
	readonly usd: number;
	readonly at: string;
}

export interface PhaseFailed {
	readonly type: "phase-failed";
	readonly phase: number;
	readonly attempt: number;
	readonly failure: Failure;
	readonly at: string;
}

export interface CommandGiven {
	readonly type: "command";
	readonly command: Command;
	readonly by: string;
	readonly role: CollaboratorRole;
	readonly commentId: number;
	readonly at: string;
	readonly facts: {
		/** The issue as it stands now. */
		readonly issueTitle: string;
		readonly issueBody: string;
		/** The comment that asks is older than the command and still as we posted it. */
		readonly askUnchanged: boolean;
	};
}

export interface IssueClosed {
	readonly type: "issue-closed";
	readonly by: string;
	readonly at: string;
}

export function advance(run: Run, event: Event): Step {
	switch (event.type) {
		case "phase-done":
			return isCurrent(run, event) ? phaseDone(run, event) : nothing(run);
		case "phase-failed":
			return isCurrent(run, event) && !isDone(run)
				? reportTrouble(run, event.failure, event.at)
				: nothing(run);
		case "command":
			return answerCommand(run, event);
		case "issue-closed":
			if (run.state === "delivered") return end(run, "closed", event.at);
			return isLive(run) ? end(run, "cancelled", event.at) : nothing(run);
	}
}

function phaseDone(run: Run, event: PhaseDone): Step {
	if (isDone(run)) return nothing(run);
	const { phase, attempt, seconds, usd, commentUrl } = event;
	const done = [
		...run.done.filter((other) => other.phase !== phase),
		{ phase, attempt, seconds, usd, ...(commentUrl ? { commentUrl } : {}) },
	];
	const after = { ...run, done };
	if (event.gate) {
		const asked = openGate(after, event.gate, event.at);
		// A paused run keeps its gate and stays paused until somebody resumes it.
		return run.state === "paused"
			? { ...asked, run: { ...asked.run, state: "paused" } }
			: asked;
	}
	if (run.state === "paused")
		return { run: after, orders: [{ do: "show-status" }] };
	return goOn(after, event.at);
}

const isCurrent = (run: Run, at: { phase: number; attempt: number }) =>
	(run.state === "working" || run.state === "paused") &&
	run.phase === at.phase &&
	run.attempt === at.attempt;

const isDone = (run: Run) =>
	run.done.some(
		(done) => done.phase === run.phase && done.attempt === run.attempt,
	);

const nothing = (run: Run): Step => ({ run, orders: [] });
