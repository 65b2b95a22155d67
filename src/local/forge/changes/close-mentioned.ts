import type { Repository } from "../state.ts";
import type { Turn } from "../world.ts";
import { closeIssue } from "./issues.ts";

const CLOSING =
	/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+))?#(\d+)\b/gi;

/** The issues that a text says it closes: "Closes #12". */
export function mentionedNumbers(text: string, fullName: string): number[] {
	return [...text.matchAll(CLOSING)]
		.filter(
			([, name]) =>
				name === undefined || name.toLowerCase() === fullName.toLowerCase(),
		)
		.map(([, , number]) => Number(number));
}

export async function closeMentioned(
	turn: Turn,
	repository: Repository,
	text: string,
	commitSha: string,
): Promise<void> {
	for (const number of mentionedNumbers(text, repository.fullName)) {
		const issue = repository.issues.get(number);
		if (issue && !issue.pull && issue.state === "open")
			await closeIssue(turn, repository, issue, "completed", commitSha);
	}
}
