// What /answer does, and a plain reply while phase 1 waits for one.
import type { CommandGiven } from "./advance.ts";
import { decide } from "./decisions.ts";
import type { Decision } from "./gate.ts";
import { redoFrom, startPhase } from "./moves.ts";
import type { Step } from "./order.ts";
import { mayCommand } from "./permissions.ts";
import { refuse } from "./refusal.ts";
import { isLive, type Note, type Question, type Run } from "./run.ts";

export function answerQuestions(
	run: Run,
	given: CommandGiven,
	text: string,
): Step | string {
	if (!isLive(run)) refuse("This run has ended.");
	if (run.state === "paused")
		refuse("This run is paused. `/resume` it first, then answer.");
	if (run.approval)
		refuse(
			"The design is approved and being built; it is too late to take in an answer.",
		);
	// From here on it would change a design, or slip past one that is shown already.
	const mayRevise = mayCommand(given.role, "revise");
	if (run.phase >= 4 && !mayRevise)
		refuse(
			"From phase 4 on an answer changes the design; that needs write access.",
		);
	const notes = readAnswers(text, run, given.by);
	const answered: Run = {
		...decide(run, given),
		notes: [...run.notes, ...notes],
	};
	if (run.state === "waiting" && run.gate?.name === "requirements")
		return atTheGate(answered);
	if (run.phase >= 4) return redoFrom(answered, 4);
	return { run: answered, orders: [] };
}

/** The requirements are shown again, with the answers, once no question blocks. */
function atTheGate(run: Run): Step {
	const { gate } = run;
	const [next] = openQuestions(run).filter(({ blocking }) => blocking);
	if (!gate || !next)
		return startPhase(run, 1, run.decisions.at(-1) as Decision);
	const asking = {
		...gate,
		command: answerCommandFor(next),
		question: next.question,
	};
	return { run: { ...run, gate: asking }, orders: [{ do: "show-status" }] };
}

/** A complete command that answers with the safe reading. */
export const answerCommandFor = ({ number, safeReading }: Question) =>
	`/answer ${number} ${safeReading.replaceAll("`", "'").replaceAll("\n", " ")}`;

/** What nobody answered by its number, or by words that were meant for it. */
export function openQuestions({
	questions,
	notes,
}: Pick<Run, "questions" | "notes">) {
	const answered = new Set(notes.map(({ question }) => question));
	return questions.filter(({ number }) => !answered.has(number));
}

/**
 * "1. yes" and "2 weekly", each on a line of its own, answer those questions;
 * other words answer what the run waits for, else the one question that is open.
 * Where several are, they are a remark: nobody meant them all.
 */
function readAnswers(text: string, run: Run, by: string): Note[] {
	const known = (number: number) =>
		run.questions.some((question) => question.number === number);
	const lines = text.split("\n").map((line): Line => {
		const match = /^\s*(\d{1,2})([.):]\s*|\s+)(\S.*)$/.exec(line);
		const number = Number(match?.[1]);
		// "3 months" is no answer to a question 3 that nobody asked; "3. months" is a slip.
		const isNumbered = match && (known(number) || match[2]?.trim() !== "");
		return isNumbered ? { number, text: match[3] ?? "" } : { text: line };
	});
	const about = { phase: run.phase, by };
	if (lines[0]?.number !== undefined && run.questions.length > 0)
		return joinLines(lines).map(({ number, text }) => {
			if (!known(number))
				refuse(
					`There is no question ${number}; the questions are numbered ${run.questions.map((question) => question.number).join(", ")}.`,
				);
			return { ...about, text, question: number };
		});
	const open = openQuestions(run);
	const needed = open.filter(({ blocking }) => blocking);
	const meant = needed.length > 0 ? needed : open;
	return needed.length > 0 || open.length === 1
		? meant.map(({ number }) => ({ ...about, text, question: number }))
		: [{ ...about, text }];
}

interface Line {
	readonly number?: number;
	readonly text: string;
}

/** A line without a number belongs to the answer above it. */
function joinLines(lines: readonly Line[]) {
	const answers: { number: number; text: string }[] = [];
	for (const { number, text } of lines) {
		const last = answers.at(-1);
		if (number !== undefined) answers.push({ number, text });
		else if (last) last.text = `${last.text}\n${text}`.trim();
	}
	return answers;
}
