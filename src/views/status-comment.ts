// The one status comment of a run: rendered whole from its state, edited in place.
import {
	META_PHASES,
	metaPhaseOf,
	PHASE_NAMES,
	phaseName,
} from "../reports/workflow.ts";
import { isMerged } from "../run/awaited-pulls.ts";
import type { Warning } from "../run/budget.ts";
import type { GateName } from "../run/gate.ts";
import { ciHead } from "../run/review-ids.ts";
import { isLive, type Run, type RunState } from "../run/run.ts";
import { announcement, phaseTitle } from "./announcement.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { warningLine } from "./ledger.ts";
import { pullLink } from "./links.ts";
import { renderMarker } from "./marker.ts";
import { duration, plural, usd } from "./numbers.ts";
import { questionOf, wayOnFrom } from "./phase-comment.ts";

export interface Live {
	/** ISO time of rendering. */
	readonly now: string;
	readonly spentUsd: number;
	/** ISO time until which agents wait for the model service, if they do. */
	readonly waitsUntil?: string;
	/** What has been with the repository's own runners for long, and since when (ISO). */
	readonly lateJob?: { readonly page: string; readonly since: string };
	/** Limits that are nearly used up. */
	readonly warnings?: readonly Warning[];
	readonly links: {
		readonly pulls: readonly {
			readonly number: number;
			readonly url: string;
			readonly phase: number;
		}[];
	};
}

export function renderStatus(run: Run, live: Live): string {
	const { id, state, phase, attempt } = run;
	return [
		// The identity of this comment is the run alone: phase and state change.
		renderMarker("status", { run: id, at: { state, phase, attempt } }),
		`### Modelwright · ${phaseTitle(phase)} — ${standing(run)}`,
		[
			elapsed(run, live.now),
			`${usd(live.spentUsd)} of ${usd(run.budgetUsd)}`,
			`requested by ${cleanLine(run.requestedBy)}`,
			...(run.config.preview ? ["a preview: it ends with phase 6"] : []),
		].join(" · "),
		...(live.waitsUntil && run.state === "working"
			? [`Waiting for the model service until ${clock(live.waitsUntil)}.`]
			: []),
		...(live.lateJob && run.state === "working"
			? [
					`Waiting for [a job on your own runners](${live.lateJob.page}) since ${clock(live.lateJob.since)}.`,
				]
			: []),
		...(live.warnings ?? []).map(warningLine),
		...(run.trouble ? [`**Trouble:** ${cleanLine(run.trouble)}`] : []),
		...(isLive(run) || state === "delivered" ? [announcement(phase)] : []),
		...META_PHASES.map((meta) => checklist(meta, run, live)),
		`**Your move:** ${move(run, live)}`,
	].join("\n\n");
}

const clock = (iso: string) => `${iso.slice(11, 16)} UTC`;

const STANDING: Record<Exclude<RunState, "waiting">, string> = {
	working: "at work",
	paused: "paused",
	delivered: "delivered",
	closed: "done",
	cancelled: "cancelled",
	failed: "stopped",
};

const WAITING_FOR: Record<GateName, string> = {
	requirements: "your answer",
	risks: "your decision",
	approach: "your choice",
	pipeline: "your decision",
	approval: "your approval",
	findings: "your choice",
	verdict: "your decision",
	stack: "a merge",
	trouble: "your help",
};

function standing(run: Run): string {
	if (run.state !== "waiting") return STANDING[run.state];
	return `waiting for ${WAITING_FOR[run.gate?.name ?? "stack"]}`;
}

function elapsed(run: Run, now: string): string {
	const end = Date.parse(run.endedAt ?? now);
	const seconds = Math.max(0, (end - Date.parse(run.startedAt)) / 1_000);
	return `${Math.round(seconds / 60)} min`;
}

function checklist(meta: string, run: Run, live: Live): string {
	const lines = PHASE_NAMES.map((_, index) => index + 1)
		.filter((phase) => metaPhaseOf(phase) === meta)
		.map((phase) => checklistLine(phase, run, live));
	return [`**${meta}**`, ...lines].join("\n");
}

function checklistLine(phase: number, run: Run, live: Live): string {
	const done = run.done.find((other) => other.phase === phase);
	const current = isLive(run) && phase === run.phase;
	const waits = current && run.gate !== undefined;
	const box = done && !waits ? "x" : " ";
	const reviews = (run.reviews ?? []).filter(
		(review) => review.phase === phase && review.attempt !== undefined,
	);
	const attempts = (run.attempts[phase] ?? 0) - reviews.length;
	const answered = reviews.filter(
		(review) => review.state === "answered" && !ciHead(review),
	).length;
	const remarks = [
		...(done?.commentUrl ? [`[result](${done.commentUrl})`] : []),
		...(done?.untold
			? [`its result could not be shown: ${cleanLine(done.untold)}`]
			: []),
		...live.links.pulls.filter((p) => p.phase === phase).map(pullLink),
		...(done ? [duration(done.seconds), usd(done.usd)] : []),
		...(attempts > 1 ? [`attempt ${attempts}`] : []),
		...(answered > 0 ? [`${plural(answered, "review")} answered`] : []),
	];
	const name = `${current ? "▶ " : ""}${phase} ${phaseName(phase)}`;
	return `- [${box}] ${[name, ...remarks].join(" · ")}`;
}

function move(run: Run, live: Live): string {
	switch (run.state) {
		case "waiting": {
			if (!run.gate) return "`/help` lists commands.";
			return `${questionOf(run.gate)} ${wayOnFrom(run.gate)} I wait as long as it takes; \`/help\` lists commands.`;
		}
		case "working":
			return "nothing yet. `/pause` stops at the next safe point, `/help` lists commands.";
		case "paused":
			return `${wayOn(run)} \`/cancel\` ends the run.`;
		case "delivered": {
			if (run.config.preview)
				return `read the design of phase 6. For code, take \`preview\` out of \`.github/modelwright.yml\`, then take the label ${codeSpan(run.config.label)} off and put it on again. Closing the issue ends the run.`;
			const pulls = live.links.pulls
				.filter((pull) => !isMerged(run, pull))
				.map(pullLink)
				.join(", ");
			return `review and merge${pulls ? ` ${pulls}, lowest first` : " the pull requests"}. Closing the issue ends the run.`;
		}
		case "closed":
			return "nothing, this task is done.";
		case "cancelled":
		case "failed":
			return `nothing runs any more; what was made is kept. Take the label ${codeSpan(run.config.label)} off and put it on again for a new run.`;
	}
}

/** Why a paused run stands still, and what lets it go on. */
function wayOn({ pausedBy, config }: Run): string {
	if (pausedBy === "label")
		return `\`/resume\` goes on, and so does putting the label ${codeSpan(config.label)} on again: I stopped when it was taken off.`;
	if (pausedBy === "lock")
		return "`/resume` goes on, and so does unlocking the issue: I stopped when it was locked.";
	return "`/resume` goes on,";
}
