// Phase 1: what is asked, what was assumed, what is open.
import type { Reports } from "../../reports/reports.ts";
import {
	type AskedQuestion,
	type Capsule,
	QUESTIONS,
	type Topic,
} from "../../reports/requirements.ts";
import { openQuestions } from "../../run/answer-questions.ts";
import type { Run } from "../../run/run.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import { fileLink } from "../links.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import type { About } from "./about.ts";
import { bullets, keyFileList } from "./key-files.ts";

type Report = Reports["requirements"];

export function requirementsView(report: Report, { run }: About): PhaseView {
	const { analysis, capsule, questions, keyFiles } = report;
	const lead = `**${capitalised(analysis.problem_type)}.** ${clean(analysis.summary)}`;
	return {
		summary: [
			...(capsule ? [`Loaded capsule: ${codeSpan(capsule.slug)}`] : []),
			lead,
			table(
				["asked", "answer", "from"],
				QUESTIONS.map((topic) => answerRow(topic, report)),
			),
			questions.map((question) => questionLine(question, report)).join("\n"),
			severalAtOnce(report, run),
			remarks(report),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			{
				title: "What the repository already has",
				markdown: clean(analysis.current_state),
			},
			{
				title: `Key files (${keyFiles.length})`,
				markdown: keyFileList(run, keyFiles),
			},
			...(capsule
				? [{ title: "The capsule", markdown: capsuleInFull(capsule, run) }]
				: []),
		],
		facts: {
			problem: analysis.problem_type,
			open: openQuestions({ questions, notes: run.notes }).length,
		},
	};
}

function answerRow(topic: Topic, report: Report): string[] {
	const { analysis, questions } = report;
	const question = questions.find((asked) => asked.topic === topic);
	const given = question && answerTo(question, report);
	if (given) return [topic, cleanLine(given.text), codeSpan(given.by)];
	const known = analysis.answers.find((answer) => answer.topic === topic);
	if (!known)
		return [
			topic,
			`**open**${question ? `, question ${question.number}` : ""}`,
			"–",
		];
	return known.source === "assumed"
		? [topic, `**assumed:** ${cleanLine(known.answer)}`, "–"]
		: [topic, cleanLine(known.answer), known.source];
}

function questionLine(question: AskedQuestion, report: Report): string {
	const { number, blocking, safeReading } = question;
	const asked = `**${number}. ${cleanLine(question.question)}**`;
	const given = answerTo(question, report);
	if (given)
		return `${asked} ${codeSpan(given.by)} answered: ${cleanLine(given.text)}`;
	const reading = `“${cleanLine(safeReading)}”`;
	const way = `\`/answer ${number} <text>\``;
	return blocking
		? `${asked} I need an answer: ${way}. The nearest reading would be ${reading}.`
		: `${asked} Going on with ${reading}; ${way} changes it.`;
}

/** The newest one counts. */
const answerTo = ({ number }: AskedQuestion, { userAnswers }: Report) =>
	userAnswers.findLast((answer) => answer.question === number);

function severalAtOnce({ questions }: Report, run: Run): string {
	const open = openQuestions({ questions, notes: run.notes });
	return open.length > 1
		? "Several answers fit in one comment, each on a line that begins with its number."
		: "";
}

/** What people said that was no answer to a question of the list. */
function remarks({ userAnswers, questions }: Report): string {
	const numbers = questions.map(({ number }) => number);
	return userAnswers
		.filter(({ question = 0 }) => !numbers.includes(question))
		.map(({ by, text }) => `${codeSpan(by)} said: ${cleanLine(text)}`)
		.join("\n");
}

function capsuleInFull(capsule: Capsule, run: Run): string {
	const { goal, constraints, nonGoals, successCriteria } = capsule;
	const list = (title: string, lines: readonly string[]) =>
		lines.length ? `**${title}**\n${bullets(lines)}` : "";
	return [
		fileLink(run, run.base.sha, capsule.path),
		`**Goal**\n${clean(goal)}`,
		list("Constraints", constraints),
		list("Not a goal", nonGoals),
		list("Success criteria", successCriteria),
		list(
			"Decided before",
			capsule.decisions.map(({ question, answer }) => `${question} ${answer}`),
		),
		list("Open", capsule.openQuestions),
		list(
			"Risks, for phase 3",
			capsule.risks.map(({ severity, description, mitigation }) =>
				[severity, description, mitigation].filter(Boolean).join(" · "),
			),
		),
		list(
			"Key files",
			capsule.keyFiles.map(({ path, reason }) =>
				[path, reason].filter(Boolean).join(": "),
			),
		),
	]
		.filter(Boolean)
		.join("\n\n");
}

const capitalised = (text: string) =>
	text.slice(0, 1).toUpperCase() + text.slice(1);
