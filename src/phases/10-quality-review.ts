import { showData } from "../agents/prompt/show-data.ts";
import { fence } from "../agents/prompt/untrusted.ts";
import { consolidateFindings, resolvedSince } from "../ml/findings.ts";
import {
	type Finding,
	FOCI,
	type Focus,
	type Review,
	type ReviewReport,
} from "../reports/findings.ts";
import { hasGrown, joinTexts } from "../reports/stack.ts";
import { asks } from "../run/config.ts";
import type { Decision } from "../run/gate.ts";
import { isOpen } from "../run/open-findings.ts";
import { reviewView } from "../views/phases/review.ts";
import { build } from "./build.ts";
import { leadsOf } from "./leads.ts";
import { definePhase, type Lead } from "./phase.ts";
import { lookAgain } from "./reviewing/second-look.ts";

/** What each of the three reviewers looks for, side by side. */
const LOOKS_FOR: Record<Focus, string> = {
	"code quality":
		"code that is hard to read or not clean, the same rule written twice, abstractions that are missing, wrong or needless, tests that cannot fail, conventions of this repository that are broken",
	"ml practices":
		"leakage from held-out rows or from the future, results that cannot be reproduced (seeds, versions, order), validation that does not copy how the model will be used, metrics that mislead",
	performance:
		"memory that grows with the table, rows handled one by one that could go in batches, batches without a bound, work repeated in loops, state or randomness that stands in the way of training on several processes or machines",
};

export const qualityReview = definePhase({
	number: 10,
	goal: "Catch bugs, ML anti-patterns and broken conventions",
	report: "review",

	async perform(lead) {
		const checked = await lead.code.checked();
		const reviews = await lead.agents.inParallel<"review">(
			...FOCI.map((focus) => ({
				role: "ml-reviewer" as const,
				name: `review-${focus.replaceAll(" ", "-")}`,
				phase: 10,
				submit: "review" as const,
				brief: `Review the changes of the pull requests above for **${focus}**: ${LOOKS_FOR[focus]}.
Quote the offending lines exactly as they stand in the changed files; what cannot be found there is dropped. Give each finding an honest confidence; below 80 it is not shown. No finding is a good answer.${focus === "ml practices" ? leadsOf(checked.hits) : ""}`,
			})),
		);
		const { review: earlier } = lead.earlier;
		const { dropped, numbered, ...claimed } = await consolidateFindings({
			ruleHits: checked.hits,
			reviews: FOCI.map((focus, i) => ({
				focus,
				review: reviews[i] as Review,
			})),
			diff: lead.pulls,
			earlier,
		});
		const { findings, refuted } = await lookAgain(lead, claimed.findings);
		const resolved = resolvedSince(earlier, findings);
		const report: ReviewReport = {
			findings,
			summaries: FOCI.map((focus, i) => ({
				focus,
				summary: [
					reviews[i]?.summary,
					focus === "ml practices" ? checked.unfinished : "",
				]
					.filter(Boolean)
					.join(" "),
			})),
			dropped: { ...dropped, refuted },
			resolved,
			ignored: checked.suppressed.map(({ hit, reason, by }) => ({
				...{ rule: hit.rule, title: hit.title },
				...{ path: hit.path, line: hit.startLine, reason, by },
			})),
			...(numbered ? { numbered } : {}),
			fixed: [],
			remarks: [],
		};
		await lead.pulls.postChecks({ review: report });
		await lead.pulls.remark(newlyFound(lead, findings));
		return report;
	},

	register: ({ findings, fixed }) => ({
		findings: findings
			.filter(({ id }) => !fixed.includes(id))
			.map(({ id, fingerprint, focus, pull }) => ({
				...{ id, fingerprint, focus, pull },
			})),
	}),

	gate({ findings, fixed, decidedBy }, { run }) {
		const open = findings.filter(
			(finding) => !fixed.includes(finding.id) && isOpen(run, finding),
		);
		if (open.length === 0 || decidedBy || !asks(run.config, "findings"))
			return undefined;
		return {
			name: "findings",
			command: "/fix all",
			question: "Which findings shall I fix?",
			choices: open.map(({ id }) => id),
		};
	},

	/** `/fix …` says what is fixed and what is not; `/revise …` has something else mended first. */
	resolve: (lead, report, decision) =>
		decision.command.startsWith("/fix")
			? fixFindings(lead, report, decision)
			: mendAsAsked(lead, report, decision),

	view: reviewView,
});

async function fixFindings(
	lead: Lead,
	report: ReviewReport,
	{ command, by }: Decision,
): Promise<ReviewReport> {
	const ids = command.replace("/fix", "").trim().split(",");
	const chosen = report.findings.filter(({ id }) => ids.includes(id));
	const { fix, changed } = await write(
		lead,
		report,
		`Fix these findings, each at its root, and add a test that would have caught it. Change nothing else.

${fence("report", 'name="findings"', showData(chosen))}`,
	);
	// A change that comes to nothing has fixed nothing.
	const fixed = changed ? chosen.map(({ id }) => id) : [];
	return { ...report, fixed, decidedBy: by, fix };
}

async function mendAsAsked(
	lead: Lead,
	report: ReviewReport,
	{ by, command }: Decision,
): Promise<ReviewReport> {
	const text = lead.run.notes.at(-1)?.text ?? command;
	const { fix } = await write(
		lead,
		report,
		`While the review's findings wait for a decision, somebody asked for something else: the newest note above says what. Do what it asks of the code, with a test that shows it, within the approved design. Leave the findings themselves alone.`,
	);
	return { ...report, remarks: [...report.remarks, { by, text }], fix };
}

/** One more commit on the one pull request of the fixes. */
async function write(lead: Lead, { fix }: ReviewReport, brief: string) {
	const built = await build(lead, {
		phase: 10,
		slug: "fixes",
		brief,
	});
	const { change, pull, tests } = built;
	return {
		fix: { change: joinTexts(fix?.change, change), pull, tests },
		changed: hasGrown(fix?.pull, pull),
	};
}

/** What an earlier review said at its lines, and what people dismissed, is not said again. */
const newlyFound = ({ earlier, run }: Lead, findings: readonly Finding[]) =>
	findings.filter(
		(finding) =>
			isOpen(run, finding) &&
			!earlier.review?.findings.some(
				({ fingerprint }) => fingerprint === finding.fingerprint,
			),
	);
