// The comment that tells a phase's result and, at a gate, asks.

import type { Warning } from "../run/budget.ts";
import type { GateRequest } from "../run/gate.ts";
import type { Run } from "../run/run.ts";
import type { Tally } from "../run/spending.ts";
import { announcement } from "./announcement.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { tallyLine, warningLine } from "./ledger.ts";
import { renderMarker } from "./marker.ts";
import { duration, usd } from "./numbers.ts";
import type { PhaseView } from "./phase-view.ts";

export interface PhaseComment {
	readonly run: Run;
	readonly phase: { readonly number: number; readonly name: string };
	readonly attempt: number;
	readonly view: PhaseView;
	readonly gate?: GateRequest;
	readonly seconds: number;
	readonly usd: number;
	readonly tally?: Tally;
	/** Of limits that no comment has warned of yet. */
	readonly warnings?: readonly Warning[];
}

/** A marker is for machines that read comments; it must not crowd out the text. */
const LONGEST_FACTS = 16_000;

export function renderPhaseComment(comment: PhaseComment): string {
	const { run, phase, attempt, view, gate } = comment;
	const facts = view.facts ?? {};
	const short = JSON.stringify(facts).length <= LONGEST_FACTS;
	return [
		renderMarker("phase", {
			run: run.id,
			phase: phase.number,
			attempt,
			seconds: comment.seconds,
			usd: comment.usd,
			facts: short ? facts : { left_out: "too long" },
		}),
		announcement(phase.number),
		...(gate ? [ask(gate)] : []),
		view.summary,
		...view.details.map(({ title, markdown }) => folded(title, markdown)),
		...(comment.warnings ?? []).map(warningLine),
		footer(comment),
	].join("\n\n");
}

/** What people can do besides the gate's own command. */
const ALSO: Partial<Record<GateRequest["name"], string>> = {
	requirements:
		"A reply in plain words counts as an answer too; `/approve` goes on with the safe reading.",
	risks:
		"`/risk R1 accept|modify|block` rules on a risk, `/revise <what to change>` redoes the assessment.",
	approach:
		"`/choose baseline | state-of-the-art | pragmatic` takes another, `/revise <what to change>` designs them anew.",
	pipeline: "`/revise <what to change>` redoes the design.",
	approval:
		"`/revise [phase] <what to change>` redoes what it touches, `/choose baseline | state-of-the-art | pragmatic` takes another approach, `/risk R1 accept|modify|block` rules on a risk.",
	findings:
		"`/fix F1,F3` fixes only those, `/fix none` goes on as it is, `/dismiss F2 <reason>` lets one stand for good, `/revise <what to change>` hands the writer your own remark.",
	verdict:
		"`/revise <what to change>` goes back to the design, `/cancel` ends the run; everything built is kept.",
	stack: "The next pull request is then stacked on top.",
	trouble: "`/cancel` ends the run; everything done is kept.",
};

/** Somebody's words on one line, without code: the first code span is the command's. */
export function questionOf({ name, question }: GateRequest): string {
	const line = cleanLine(question.replaceAll("`", "'"));
	// About the stack code alone asks, and the pull requests it names are links.
	return name === "stack" ? line.replace(/#&#8203;(?=\d)/g, "#") : line;
}

export const wayOnFrom = ({ name, command }: GateRequest): string =>
	`Comment ${codeSpan(command)} to go on${name === "stack" ? " without that" : ""}.`;

/** The gate's command stands in the comment's first code span: people copy it, machines find it. */
export function ask(gate: GateRequest): string {
	const question = questionOf(gate);
	const also = ALSO[gate.name];
	return `**${question}** ${wayOnFrom(gate)}${also ? ` ${also}` : ""} I wait as long as it takes.`;
}

export const folded = (title: string, markdown: string): string =>
	`<details><summary>${title}</summary>\n\n${markdown.trim()}\n\n</details>`;

function footer(comment: PhaseComment): string {
	const { attempt, seconds, tally } = comment;
	const parts = [
		duration(seconds),
		usd(comment.usd),
		...(tally ? [tallyLine(tally)] : []),
		...(attempt > 1 ? [`attempt ${attempt}`] : []),
	];
	return `<sub>${parts.join(" · ")}</sub>`;
}
