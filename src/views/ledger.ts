// Money and tokens as people read them: lines for comments, a table for /status.
import { phaseName } from "../reports/workflow.ts";
import type { Warning } from "../run/budget.ts";
import type { CostForecast } from "../run/forecast.ts";
import {
	type AgentSpending,
	byPhase,
	sumUp,
	type Tally,
} from "../run/spending.ts";
import { cleanLine } from "./clean.ts";
import { count, percent, plural, usd } from "./numbers.ts";
import { table } from "./table.ts";

/** Turns and not requests: one that broke off is asked again, and the phase is the same. */
export function tallyLine({ turns, promptTokens, cachedTokens }: Tally) {
	if (turns === 0) return "no model request";
	const share = promptTokens > 0 ? cachedTokens / promptTokens : 0;
	return `${plural(turns, "request")} · ${percent(share)} of the prompt from cache`;
}

export function ledgerTable(spending: readonly AgentSpending[]): string {
	const row = (title: string, tally: Tally) => [
		title,
		count(tally.requests),
		count(tally.promptTokens),
		count(tally.cachedTokens),
		count(tally.outputTokens),
		usd(tally.usd),
		tally.repeated > 0 ? count(tally.repeated) : "",
	];
	const phases = byPhase(spending).map(({ phase, tally }) =>
		row(phase > 0 ? `${phase} ${phaseName(phase)}` : "between phases", tally),
	);
	if (phases.length === 0) return "";
	return table(
		[
			"phase",
			"requests",
			"prompt tokens",
			"of them from cache",
			"output tokens",
			"cost",
			"turns repeated after a crash",
		],
		[...phases, row("in all", sumUp(spending))],
	);
}

const OF: Record<Warning["limit"], (warning: Warning) => string> = {
	run: () => "what this run may spend",
	phase: () => "what one phase may spend",
	agent: ({ agent }) =>
		`what one agent may spend, by ${cleanLine(agent ?? "an agent")}`,
};

/** Without a code span: the first one of a comment is a gate's. */
export function warningLine(warning: Warning): string {
	const { limit, limitUsd, spentUsd } = warning;
	const share = percent(Math.min(spentUsd / limitUsd, 1));
	return `**${share} of ${usd(limitUsd)} is used**, ${OF[limit](warning)}; a request that could cost more than the rest is not sent.`;
}

export const costRange = ({
	usdLow,
	usdHigh,
}: Pick<CostForecast, "usdLow" | "usdHigh">): string =>
	usd(usdLow) === usd(usdHigh)
		? usd(usdLow)
		: `${usd(usdLow)} to ${usd(usdHigh)}`;

/** How a forecast was reckoned. */
export const basisLine = (basis: CostForecast["basis"]): string =>
	basis.from === "earlier runs"
		? `as ${plural(basis.runs, "earlier run")} here, median ${usd(basis.usd)}`
		: `reckoned from ${plural(basis.agents, "agent")} of this run at ${usd(basis.usd)} on average; the upper end repairs everything once`;
