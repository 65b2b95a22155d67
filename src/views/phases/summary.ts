// Phase 12: what was built, decided, measured and spent.
import type { Reports } from "../../reports/reports.ts";
import { stackOf } from "../../reports/stack.ts";
import type { Run } from "../../run/run.ts";
import { cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import { fileLink, pullLink } from "../links.ts";
import { duration, plural, usd } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import type { About } from "./about.ts";
import { bullets } from "./key-files.ts";
import { verdictLine } from "./results.ts";

type Report = Reports["summary"];

export function summaryView(report: Report, { run, before }: About): PhaseView {
	const { modelCard } = report;
	const pulls = stackOf({ ...before, summary: report }).map(({ pull }) => pull);
	const card = modelCard.commit
		? `Model card: ${fileLink(run, modelCard.commit, modelCard.path)}, in the last pull request.`
		: "";
	const { built } = report;
	const sections = [
		["What was built: the pipeline", built.pipeline],
		["Key decisions and trade-offs", report.tradeoffs],
		["Decisions of people", report.decisions],
		["Findings left as they are", report.waived],
		[`Files (${report.files.length})`, report.files.map(fileLine)],
		["Metrics", report.metrics],
	] as const;
	return {
		summary: [
			verdictLine(before.results.result),
			...(report.acceptedBy
				? [`Accepted as it is by ${codeSpan(report.acceptedBy)}.`]
				: []),
			bullets(built.architecture),
			waivedLine(report),
			`${plural(pulls.length, "pull request")}, lowest first: ${pulls.map(pullLink).join(", ")}.`,
			card,
			...report.notes.map((note) => `**Note:** ${cleanLine(note)}`),
			spent(run),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			...sections
				.filter(([, lines]) => lines.length > 0)
				.map(([title, lines]) => ({ title, markdown: bullets(lines) })),
			{ title: "Next steps", markdown: nextSteps(report) },
			{ title: "Model card", markdown: quieter(modelCard.markdown) },
		],
		facts: { pulls: pulls.map(({ number }) => number), card: modelCard.path },
	};
}

const fileLine = ({ path, isNew }: Report["files"][number]) =>
	`${path} (${isNew ? "created" : "modified"})`;

const waivedLine = ({ waived }: Report) =>
	waived.length
		? `**Left as they are:** ${plural(waived.length, "finding")} of the review, listed below.`
		: "";

const nextSteps = (report: Report): string =>
	report.nextSteps
		.map(({ topic, steps }) => `**${cleanLine(topic)}**\n\n${bullets(steps)}`)
		.join("\n\n");

/** The card's headings would be louder than the comment around them. */
const quieter = (markdown: string) =>
	markdown.replace(/^#{1,6} +(.*)$/gm, "**$1**");

function spent({ done, budgetUsd }: Run): string {
	const sum = (key: "seconds" | "usd") =>
		done.reduce((total, phase) => total + phase[key], 0);
	return `${duration(sum("seconds"))} of work · ${usd(sum("usd"))} of ${usd(budgetUsd)} for the phases as they stand; the status comment counts every attempt.`;
}
