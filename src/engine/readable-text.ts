// Whose words may reach the model. On a public repository anybody can write an
// issue, so only collaborators' text enters; others' is left out, not the task.
import type { Reader } from "../github/reading.ts";
import { mayStart } from "../run/permissions.ts";
import type { Issue, RepositoryRef } from "../run/run.ts";

export async function readableText(
	reader: Pick<Reader, "roleOf">,
	repository: Pick<RepositoryRef, "private">,
	issue: Issue,
): Promise<Pick<Issue, "title" | "body">> {
	const { title, body, author } = issue;
	if (repository.private || mayStart(await reader.roleOf(author)))
		return { title, body };
	return {
		title: `Issue #${issue.number}`,
		body: `(The text of this issue is left out: ${author} is not a collaborator of this public repository.)`,
	};
}
