// Phase 12: what was built, decided, measured and spent.
import type { Reports } from "../../reports/reports.ts";
import { stackOf } from "../../reports/stack.ts";
import type { Run } from "../../run/run.ts";
import { cleanLine } from "../clean.ts";
import { fileLink, pullLink } from "../links.ts";
import { duration, plural, usd } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import type { About } from "./about.ts";
import { bullets } from "./key-files.ts";
import { verdictLine } from "./results.ts";

type Report = Reports["summary"];

export function summaryView(report: Report, { run, before }: About): PhaseView {
	const { modelCard } = report;
	const pulls = stackOf(before).map(({ pull }) => pull);
	const card = modelCard.commit
		? `Model card: ${fileLink(run, modelCard.commit, modelCard.path)}, in the last pull request.`
		: "";
	const sections = [
		["Decisions", report.decisions],
		[`Files (${report.files.length})`, report.files],
		["Metrics", report.metrics],
		["Next steps", report.nextSteps],
	] as const;
	return {
		summary: [
			verdictLine(before.results.result),
			bullets(report.built),
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
			{ title: "Model card", markdown: quieter(modelCard.markdown) },
		],
		facts: { pulls: pulls.map(({ number }) => number), card: modelCard.path },
	};
}

/** The card's headings would be louder than the comment around them. */
const quieter = (markdown: string) =>
	markdown.replace(/^#{1,6} +(.*)$/gm, "**$1**");

function spent({ done, budgetUsd }: Run): string {
	const sum = (key: "seconds" | "usd") =>
		done.reduce((total, phase) => total + phase[key], 0);
	return `${duration(sum("seconds"))} of work · ${usd(sum("usd"))} of ${usd(budgetUsd)} for the phases as they stand; the status comment counts every attempt.`;
}
