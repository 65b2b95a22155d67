// Phase 1: what is asked, what was assumed, what is open.
import type { Reports } from "../../reports/reports.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import type { About } from "./about.ts";
import { keyFileList } from "./key-files.ts";

type Report = Reports["requirements"];

export function requirementsView(report: Report, { run }: About): PhaseView {
	const { analysis, capsule, keyFiles } = report;
	const lead = `**${capitalised(analysis.problem_type)}.** ${clean(analysis.summary)}`;
	const answers = analysis.answers.map(({ topic, answer, source }) => [
		topic,
		source === "assumed"
			? `**assumed:** ${cleanLine(answer)}`
			: cleanLine(answer),
		source === "assumed" ? "–" : source,
	]);
	return {
		summary: [
			...(capsule ? [`Loaded capsule: ${codeSpan(capsule)}`] : []),
			lead,
			table(["asked", "answer", "from"], answers),
			openQuestions(report),
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
		],
		facts: {
			problem: analysis.problem_type,
			open: analysis.open_questions.length,
		},
	};
}

function openQuestions({ analysis, userAnswers }: Report): string {
	return analysis.open_questions
		.map(({ question, blocking, safe_reading }, index) => {
			const number = index + 1;
			const asked = `**${number}. ${cleanLine(question)}**`;
			const given = userAnswers.find((answer) => answer.question === number);
			if (given)
				return `${asked} ${codeSpan(given.by)} answered: ${cleanLine(given.text)}`;
			const reading = `“${cleanLine(safe_reading)}”`;
			const way = `\`/answer ${number} <text>\``;
			return blocking
				? `${asked} I need an answer: ${way}. The nearest reading would be ${reading}.`
				: `${asked} Going on with ${reading}, the safe reading; ${way} changes it.`;
		})
		.join("\n");
}

const capitalised = (text: string) =>
	text.slice(0, 1).toUpperCase() + text.slice(1);
