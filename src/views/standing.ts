// The answer to /status: where the run stands and who decided what.
import { PHASE_COUNT } from "../reports/workflow.ts";
import type { Decision, Run } from "../run/run.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { usd } from "./numbers.ts";
import { table } from "./table.ts";

export function renderStanding(run: Run): string {
	const { phase, attempt, gate, state } = run;
	const doing = gate ? `waiting at the gate ${gate.name}` : state;
	return [
		`Phase ${phase} of ${PHASE_COUNT}, attempt ${attempt}: ${doing}. Budget ${usd(run.budgetUsd)}.`,
		run.decisions.length > 0
			? `**Decisions**\n\n${decisionTable(run.decisions)}`
			: "Nobody had to decide anything yet.",
	].join("\n\n");
}

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
			codeSpan(cleanLine(command)),
			codeSpan(by),
			showAt(at),
			digest ? codeSpan(digest.slice(0, 8)) : "",
		]),
	);
