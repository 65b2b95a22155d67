import { issueShape } from "../shapes/issue.ts";
import { fullPullShape, type PullIssue } from "../shapes/pull.ts";
import type { Issue, Repository } from "../state.ts";
import { emit } from "../webhooks/emit.ts";
import type { Turn } from "../world.ts";

export function isPull(issue: Issue): issue is PullIssue {
	return issue.pull !== null;
}

/** Tells the App what happened to an issue, or to a pull request, which has its own event. */
export async function tell(
	turn: Turn,
	repository: Repository,
	issue: Issue,
	action: string,
	details: Record<string, unknown> = {},
): Promise<void> {
	if (isPull(issue))
		emit(turn, repository, "pull_request", action, {
			number: issue.number,
			pull_request: await fullPullShape(turn.world, repository, issue),
			...details,
		});
	else
		emit(turn, repository, "issues", action, {
			issue: issueShape(turn.world, repository, issue),
			...details,
		});
}
