import { atLeast } from "../authorize.ts";
import { Problem } from "../problem.ts";
import { accountShape } from "../shapes/account.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { findAccount, type Repository, roleOf } from "../state.ts";
import type { Turn } from "../world.ts";
import { record } from "./issues.ts";
import { tell } from "./tell.ts";

/** Who was asked already is not asked twice. */
export async function requestReviewers(
	turn: Turn,
	repository: Repository,
	issue: PullIssue,
	logins: readonly string[],
): Promise<void> {
	const { world } = turn;
	for (const login of logins) {
		const account = findAccount(world.state, login);
		if (!account || !atLeast(roleOf(repository, account), "read"))
			throw new Problem(
				422,
				"Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.",
			);
		if (account.id === issue.user.id)
			throw new Problem(
				422,
				"Review cannot be requested from pull request author.",
			);
		if (issue.pull.reviewers.some(({ id }) => id === account.id)) continue;
		issue.pull.reviewers = [...issue.pull.reviewers, account];
		record(turn, issue, "review_requested", { reviewer: account });
		await tell(turn, repository, issue, "review_requested", {
			requested_reviewer: accountShape(world, account),
		});
	}
}
