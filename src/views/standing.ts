// The answer to /status: where the run stands, what is open, who decided what.
import { PHASE_COUNT } from "../reports/workflow.ts";
import { openQuestions } from "../run/answer-questions.ts";
import type { CostForecast } from "../run/forecast.ts";
import type { Decision } from "../run/gate.ts";
import type { Run } from "../run/run.ts";
import type { AgentSpending } from "../run/spending.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { basisLine, costRange, ledgerTable } from "./ledger.ts";
import { usd } from "./numbers.ts";
import { rulingTable } from "./rulings.ts";
import { table } from "./table.ts";

export interface Operator {
	readonly allowRepositoryAgents: boolean;
}

export interface Money {
	readonly spending: readonly AgentSpending[];
	/** From phase `next` on to the end. */
	readonly forecast?: CostForecast & { readonly next: number };
}

export function renderStanding(
	run: Run,
	operator: Operator,
	{ spending, forecast }: Money,
): string {
	const { phase, attempt, gate, state, config, approval } = run;
	const doing = gate ? `${state} at the gate ${gate.name}` : state;
	const until = config.preview ? " A preview: it ends with phase 6." : "";
	return [
		`Phase ${phase} of ${PHASE_COUNT}, attempt ${attempt}: ${doing}. Budget ${budget(run)}.${until}`,
		run.trouble ? `**Trouble:** ${cleanLine(run.trouble)}` : "",
		titled(
			"Open questions",
			openQuestions(run)
				.map(
					({ number, question, blocking, safeReading }) =>
						`${number}. ${cleanLine(question)} (${blocking ? "blocks" : `read as "${cleanLine(safeReading)}"`})`,
				)
				.join("\n"),
		),
		titled("Risks ruled on", rulingTable(run, run.risks, minute)),
		titled("Spent on the model", ledgerTable(spending)),
		forecast
			? `Phases ${forecast.next} to ${PHASE_COUNT} will probably cost ${costRange(forecast)}: ${basisLine(forecast.basis)}.`
			: "",
		run.decisions.length > 0
			? titled("Decisions", decisionTable(run.decisions))
			: "Nobody had to decide anything yet.",
		approval
			? `Approved by ${codeSpan(approval.by)} at ${minute(approval.at)} UTC, design ${codeSpan(approval.digest.slice(0, 8))} on base ${codeSpan(approval.base.slice(0, 7))}.`
			: "",
		briefs(operator),
	]
		.filter(Boolean)
		.join("\n\n");
}

function budget({ budgetUsd, shares = {} }: Run): string {
	const { phase, agent } = shares;
	return [
		usd(budgetUsd),
		...(phase === undefined ? [] : [`${usd(phase)} for one phase`]),
		...(agent === undefined ? [] : [`${usd(agent)} for one agent`]),
	].join(", ");
}

const titled = (title: string, text: string) =>
	text ? `**${title}**\n\n${text}` : "";

const briefs = ({ allowRepositoryAgents }: Operator) =>
	allowRepositoryAgents
		? "Agents work by this repository's own briefs where it has any (`.modelwright/agents/`): whoever runs Modelwright allows that."
		: "Agents work by Modelwright's own briefs; a repository's are not used.";

/** `2026-11-21 09:30` of an ISO time. */
const minute = (at: string) => at.slice(0, 16).replace("T", " ");

/** Who answered what, when, at which digest. */
export const decisionTable = (
	decisions: readonly Decision[],
	showAt = minute,
): string =>
	table(
		["phase", "gate", "decision", "by", "when (UTC)", "digest"],
		decisions.map(({ phase, gate, command, by, at, digest }) => [
			String(phase),
			gate === "none" ? "" : gate,
			codeSpan(command),
			codeSpan(by),
			showAt(at),
			digest ? codeSpan(digest.slice(0, 8)) : "",
		]),
	);
