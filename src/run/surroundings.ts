// What happens around a run without a command: its issue is edited, locked,
// unlabelled; the world under an approved design turns out to have moved.
import type { DesignOutdated, IssueEdited } from "./advance.ts";
import { differenceOf } from "./difference.ts";
import {
	asItStood,
	nothing,
	redoFrom,
	reportTrouble,
	resume,
	withdrawApproval,
} from "./moves.ts";
import type { Order, Step } from "./order.ts";
import { askAgain, bringToToday, showAgain, textOf } from "./outdated.ts";
import { Refusal } from "./refusal.ts";
import { type Changed, isLive, type Run } from "./run.ts";

/**
 * A paused run takes nothing in: the approval looks at the issue again anyway.
 * What was approved stays what is built; the edit is shown.
 */
export function issueEdited(run: Run, event: IssueEdited): Step {
	const { title, body, by, at } = event;
	const before = textOf(run.issue);
	const after = textOf({ title, body });
	if (!isLive(run) || run.state === "paused" || before === after)
		return nothing(run);
	const difference = differenceOf(before, after);
	const change: Changed = { what: "issue", difference, by, at };
	const tell: Order = { do: "tell-change", change };
	if (run.approval) return { run, orders: [tell] };
	const edited: Run = {
		...run,
		issue: { ...run.issue, title, body },
		changes: [...run.changes, change],
	};
	if (run.phase === 1) return redoFrom(edited, 1);
	if (run.phase !== 6) return { run: edited, orders: [tell] };
	if (run.gate?.name !== "approval") return redoFrom(edited, 6);
	return showAgain(edited, by, at);
}

/** The approval was of another world: it is withdrawn and asked for again. */
export function designOutdated(run: Run, event: DesignOutdated): Step {
	const { now, at, attempt } = event;
	const isNext =
		(run.state === "working" || run.state === "paused") &&
		run.phase === 7 &&
		run.attempt === attempt;
	if (!isNext || !run.approval) return nothing(run);
	const { by } = run.approval;
	try {
		const today = bringToToday(run, now, at);
		if (today.changes.length === 0) return { run: today.run, orders: [] };
		const asked = askAgain(
			{ ...today, run: withdrawApproval(today.run) },
			by,
			at,
		);
		return asItStood(run, {
			run: asked.run,
			orders: asked.orders.filter((order) => order.do !== "stop-phase"),
		});
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const failure = { kind: "repository", message: error.message } as const;
		return asItStood(run, reportTrouble(run, failure, at));
	}
}

export function labelRemoved(run: Run): Step {
	return pauseBy(run, "label");
}

export function issueLocked(run: Run): Step {
	return pauseBy(run, "lock");
}

/** A label put back resumes what its removal paused; else a run is at work already. */
export function labelAdded(run: Run, at: string): Step {
	if (run.state === "paused" && run.pausedBy === "label")
		return resume(run, at);
	return isLive(run)
		? { run, orders: [{ do: "tell-live", at }] }
		: nothing(run);
}

export function issueUnlocked(run: Run, at: string): Step {
	return run.state === "paused" && run.pausedBy === "lock"
		? resume(run, at)
		: nothing(run);
}

function pauseBy(run: Run, pausedBy: NonNullable<Run["pausedBy"]>): Step {
	if (!isLive(run) || run.state === "paused") return nothing(run);
	return {
		run: { ...run, state: "paused", pausedBy },
		orders: [{ do: "show-status" }],
	};
}
