// The messages of our commits, by Conventional Commits 1.0.0: a typed subject,
// reasons, where it was decided, and with whom it was made.
import { PHASE_COUNT } from "../reports/workflow.ts";
import type { Run } from "../run/run.ts";
import { plainLine } from "./clean.ts";
import type { PullRequest } from "./pull-request.ts";

const TYPED = /^[a-z]+(\([^)]*\))?!?: /;

/** What a commit of phases 7 to 12 does, as a rule. */
const TYPES: Readonly<Record<number, string>> = {
	7: "feat",
	8: "feat",
	9: "feat",
	10: "fix",
	11: "fix",
	12: "docs",
};

const LONGEST_SUBJECT = 72;

export function commitMessage({
	run,
	phase,
	change,
}: Pick<PullRequest, "run" | "phase" | "change">): string {
	const what = change.what.map((line) => `- ${plainLine(line)}`).join("\n");
	const where = `Phase ${phase} of ${PHASE_COUNT}, ${run.repository.htmlUrl}/issues/${run.issue.number}`;
	return [
		subject(plainLine(change.title), TYPES[phase] ?? "chore"),
		plainLine(change.why),
		what,
		where,
		...coAuthor(run),
	].join("\n\n");
}

const subject = (title: string, type: string) =>
	(TYPED.test(title) ? title : `${type}: ${uncapitalised(title)}`)
		.slice(0, LONGEST_SUBJECT)
		.toWellFormed()
		.trimEnd();

/** An abbreviation, or a name like XGBoost, stays as it is. */
const uncapitalised = (title: string) =>
	title.replace(/^\p{Lu}(?=\p{Ll}*\s)/u, (letter) => letter.toLowerCase());

/** The address by which GitHub knows an account that shows none. */
function coAuthor({ requestedBy, requesterId, repository }: Run): string[] {
	if (!requesterId) return [];
	const host = `users.noreply.${new URL(repository.htmlUrl).hostname}`;
	return [
		`Co-authored-by: ${requestedBy} <${requesterId}+${requestedBy}@${host}>`,
	];
}
