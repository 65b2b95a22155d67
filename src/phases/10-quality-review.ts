import { consolidateFindings } from "../ml/findings.ts";
import type { ReviewReport } from "../reports/findings.ts";
import { FOCI, type Focus, type Review } from "../reports/findings.ts";
import { asks } from "../run/config.ts";
import { reviewView } from "../views/phases/review.ts";
import { build } from "./build.ts";
import { definePhase, type Lead } from "./phase.ts";

/** What each of the three reviewers looks for, side by side. */
const LOOKS_FOR: Record<Focus, string> = {
	"code quality":
		"readability, repetition, wrong abstractions, missing tests, broken conventions of this repository",
	"ml practices":
		"leakage, lookahead, test rows used for choices, missing seeds, wrong validation, metrics that mislead",
	performance:
		"memory, needless passes over the data, batching, work repeated in loops, what breaks when the data grows",
};

export const qualityReview = definePhase({
	number: 10,
	goal: "Catch bugs, ML anti-patterns and broken conventions",
	report: "review",

	async perform(lead) {
		const [ruleHits, reviews] = await Promise.all([
			lead.code.ruleHits(),
			lead.agents.inParallel<"review">(
				...FOCI.map((focus) => ({
					role: "ml-reviewer" as const,
					name: `review-${focus.replaceAll(" ", "-")}`,
					phase: 10,
					submit: "review" as const,
					reads: ["model", "training", "integration"] as const,
					brief: `Review the changes of the pull requests above for **${focus}**: ${LOOKS_FOR[focus]}.
Quote the offending lines exactly as they stand in the changed files; what cannot be found there is dropped. Give each finding an honest confidence; below 80 it is not shown. No finding is a good answer.`,
				})),
			),
		]);
		const { findings, dropped } = await consolidateFindings({
			ruleHits,
			reviews: FOCI.map((focus, i) => ({
				focus,
				review: reviews[i] as Review,
			})),
			diff: lead.pulls,
		});
		const report: ReviewReport = {
			findings,
			summaries: FOCI.map((focus, i) => ({
				focus,
				summary: reviews[i]?.summary ?? "",
			})),
			dropped,
			fixed: [],
		};
		await postReviews(lead, report);
		return report;
	},

	gate({ findings, fixed }, { run }) {
		const decided = run.decisions.some((d) => d.gate === "findings");
		if (findings.length === 0 || fixed.length > 0 || decided) return undefined;
		if (!asks(run.config, "findings")) return undefined;
		return {
			name: "findings",
			command: "/fix all",
			question: "Which findings shall I fix?",
			choices: findings.map(({ id }) => id),
		};
	},

	async resolve(lead, report, { command }) {
		const ids = command.replace("/fix", "").trim().split(",");
		const chosen = report.findings.filter(({ id }) => ids.includes(id));
		const { change, pull, tests } = await build(lead, {
			phase: 10,
			slug: "fixes",
			reads: ["model", "training", "integration"],
			brief: `Fix these findings, each at its root, and add a test that would have caught it. Change nothing else.

\`\`\`json
${JSON.stringify(chosen, null, 1)}
\`\`\``,
		});
		return {
			...report,
			// A change that comes to nothing has fixed nothing.
			fixed: pull.files.length > 0 ? chosen.map(({ id }) => id) : [],
			fix: { change, pull, tests },
		};
	},

	view: reviewView,
});

/** One check run per focus on every pull request of the stack. */
export async function postReviews({ pulls }: Lead, report: ReviewReport) {
	for (const { focus, summary } of report.summaries)
		await pulls.postReview(
			focus,
			summary,
			report.findings.filter((finding) => finding.focus === focus),
		);
}
