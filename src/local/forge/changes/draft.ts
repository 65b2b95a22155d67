import type { PullIssue } from "../shapes/pull.ts";
import type { Repository } from "../state.ts";
import type { Turn } from "../world.ts";
import { record } from "./issues.ts";
import { tell } from "./tell.ts";

/** Puts a pull request into draft or takes it out; a second time changes nothing. */
export async function setDraft(
	turn: Turn,
	repository: Repository,
	issue: PullIssue,
	draft: boolean,
): Promise<void> {
	if (issue.pull.draft === draft) return;
	issue.pull.draft = draft;
	record(turn, issue, draft ? "convert_to_draft" : "ready_for_review");
	const action = draft ? "converted_to_draft" : "ready_for_review";
	await tell(turn, repository, issue, action);
}
