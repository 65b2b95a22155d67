// A forge on which a task stands half-way: what pages have to show.
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	commitOn,
	FULL_NAME,
	installation,
	openForge,
	REPOSITORY,
} from "./support.ts";

const STATUS = `<!-- modelwright:{"kind":"status","secret":"hidden-word"} -->

### Modelwright · Phase 10 of 12: Quality Review — waiting for your choice

14 min · $2.90 of $25 · requested by alice

**Phase 10 of 12: Quality Review**
Next: Phase 11 - Evaluation Execution

**Discovery**
- [x] 1 Problem Analysis · #2
- [ ] ▶ 2 Data Architecture

**Your move:** comment \`/fix all\` to go on.`;

const RESULT = `**Phase 11 of 12: Evaluation Execution**

**PASS** · PR-AUC **0.412** [0.371, 0.452]

\`\`\`mermaid
xychart-beta
  title "PR-AUC on held-out customers"
  x-axis ["dummy", "existing, naive baseline", "this model"]
  bar [0.12, 0.338, 0.412]
\`\`\`

| # | risk |
|---|---|
| R1 | Region is encoded before the split |

<details><summary>All numbers</summary>

Seeds: <sub>7, 8, 9</sub>

</details>`;

const MODEL = `import csv


def fit(rows):
    """Learns from rows."""
    rate = mean(rows)
    return rate
`;

export interface PagesStage {
	forge: Forge;
	issue: number;
	pull: number;
	check: number;
	/** The first review comment's id. */
	thread: number;
	headSha: string;
}

export async function setPagesStage(webhookUrl?: string): Promise<PagesStage> {
	const forge = await openForge(webhookUrl);
	const { acts } = forge;
	const { number: issue } = await acts.openIssue(FULL_NAME, "alice", {
		title: "Predict which customers will churn",
		body: "Every Monday we call eighty customers.",
	});
	await acts.label(FULL_NAME, issue, "alice", "ml-task");
	const app = await installation(forge);
	const at = { ...REPOSITORY, issue_number: issue };
	const { data: status } = await app.rest.issues.createComment({
		...at,
		body: STATUS,
	});
	await app.rest.issues.createComment({ ...at, body: RESULT });
	await acts.react(FULL_NAME, status.id, "bob", "rocket");

	const head = "modelwright/1/7-model";
	const headSha = await commitOn(app, head, { "src/model.py": MODEL });
	const { data: pull } = await app.rest.pulls.create({
		...REPOSITORY,
		head,
		base: "main",
		title: `[#${issue} · 7/12] Churn model`,
		body: `Part of #${issue}`,
		draft: true,
	});
	const annotation = {
		path: "src/model.py",
		annotation_level: "warning" as const,
	};
	const { data: check } = await app.rest.checks.create({
		...REPOSITORY,
		name: "modelwright / ml practices",
		head_sha: headSha,
		status: "completed",
		conclusion: "neutral",
		output: {
			title: "2 findings",
			summary: "Look at **the mean**.",
			annotations: [
				{
					...annotation,
					start_line: 6,
					end_line: 6,
					title: "F1 in the diff",
					message: "The mean sees every row.",
					raw_details: "rate = mean(training)",
				},
				{
					...annotation,
					path: "src/data/load.py",
					start_line: 2,
					end_line: 2,
					title: "F2 in a file not changed",
					message: "The file stays open.",
				},
			],
		},
		actions: [{ label: "Fix all", description: "d", identifier: "fix-all" }],
	});
	await acts.reviewPull(FULL_NAME, pull.number, "wendy", {
		event: "REQUEST_CHANGES",
		body: "One remark.",
		comments: [{ path: "src/model.py", line: 7, body: "use a Pipeline here" }],
	});
	const [thread = 0] = forge.repository(FULL_NAME).reviewComments.keys();
	await acts.replyToReview(FULL_NAME, pull.number, "alice", thread, "I agree");
	return {
		forge,
		issue,
		pull: pull.number,
		check: check.id,
		thread,
		headSha,
	};
}
