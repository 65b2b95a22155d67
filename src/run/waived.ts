// What people let stand in the evaluation: findings they did not have fixed, a
// result they accepted.
import type { Finding, ReviewReport } from "../reports/findings.ts";
import type { Decision } from "./gate.ts";
import { dismissalOf, resolutionOf } from "./open-findings.ts";
import type { Run } from "./run.ts";

export interface Waived {
	readonly finding: Finding;
	/** Absent when the configuration asks nobody. */
	readonly by?: string;
	/** Said where it was dismissed. */
	readonly reason?: string;
}

/** The findings left as they are, and who chose so. */
export function waivedFindings(run: Run, review: ReviewReport): Waived[] {
	const decision = run.decisions.findLast(
		({ gate, command }) => gate === "findings" && command.startsWith("/fix"),
	);
	const by = review.decidedBy ?? decision?.by;
	return review.findings
		.filter(
			(finding) =>
				!review.fixed.includes(finding.id) && !resolutionOf(run, finding),
		)
		.map((finding) => {
			const dismissal = dismissalOf(run, finding);
			if (!dismissal) return { finding, ...(by ? { by } : {}) };
			return { finding, by: dismissal.by, reason: dismissal.reason };
		});
}

/** Who accepted the result with this digest. */
export const acceptanceOf = (
	{ decisions }: Run,
	digest: string,
): Decision | undefined =>
	decisions.findLast(
		(decision) =>
			decision.gate === "verdict" &&
			decision.digest === digest &&
			decision.command.startsWith("/approve"),
	);
