// What a second look at grave findings does to them.
import { type FactCheck, verdictOn } from "../reports/fact-check.ts";
import { type Finding, POSTING_CONFIDENCE } from "../reports/findings.ts";
import { SEVERITIES, type Severity } from "../reports/workflow.ts";
import { gravestFirst } from "./findings.ts";

/** A rule's confidence was measured; a reviewer's word on something grave is one voice. */
export const needsSecondLook = ({ rule, severity }: Finding): boolean =>
	rule === "reviewer" && (severity === "critical" || severity === "high");

export interface Weighed {
	readonly findings: Finding[];
	/** How many were found to be no fault. */
	readonly refuted: number;
}

/**
 * Refuted ones go, confirmed ones stay as they are. What nobody is sure of, and
 * what was not answered, stays one grade lower and says so.
 */
export function weigh(findings: readonly Finding[], check: FactCheck): Weighed {
	const weighed = findings.flatMap((finding) => {
		if (!needsSecondLook(finding)) return [finding];
		const verdict = verdictOn(check, finding.id);
		const sure = (verdict?.confidence ?? 0) >= POSTING_CONFIDENCE;
		if (sure && verdict?.verdict === "refuted") return [];
		if (sure && verdict?.verdict === "confirmed") return [finding];
		const doubt = verdict?.remark ?? "It was not answered.";
		return [{ ...finding, severity: lower(finding.severity), doubt }];
	});
	return {
		findings: weighed.sort(gravestFirst),
		refuted: findings.length - weighed.length,
	};
}

const lower = (severity: Severity): Severity =>
	SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? severity;
