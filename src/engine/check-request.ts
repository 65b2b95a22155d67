import type { CheckRequest } from "../github/checks.ts";
import { digestOf } from "../run/digest.ts";
import type { CheckView } from "../views/check.ts";
import { type ReviewCheck, reviewCheck } from "../views/findings.ts";

/** The same content on the same head is the same check, whoever posts it again. */
export const completed = (
	runId: string,
	headSha: string,
	check: CheckView,
): CheckRequest => ({
	...check,
	headSha,
	externalId: `${runId}/${digestOf(check.annotations).slice(0, 12)}`,
	status: "completed",
});

export const checkRequest = (runId: string, check: ReviewCheck) =>
	completed(runId, check.headSha, reviewCheck(check));

/** The task of a check of ours, as its external id tells. */
export function taskOfCheck(externalId: string) {
	const [, repositoryId, issue] =
		/^(\d+)\/(\d+)\/\d+\/[0-9a-f]{12}$/.exec(externalId) ?? [];
	return repositoryId && issue
		? { repositoryId: Number(repositoryId), issue: Number(issue) }
		: undefined;
}
