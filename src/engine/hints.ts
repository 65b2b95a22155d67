// What we take from GitHub's events. A payload is only a hint: who may do what,
// and how things stand, is asked from GitHub again when the hint is dealt with.

import { type PressHint, readPressHint } from "./hints/checks.ts";
import { type CiHint, readCiHint, readStatusHint } from "./hints/ci.ts";
import { type IssueHint, readIssueHint } from "./hints/issues.ts";
import { type PlaceHint, readPlaceHint } from "./hints/places.ts";
import { type PullHint, readPullHint } from "./hints/pulls.ts";
import {
	type FindingCommandHint,
	type ReviewHint,
	readPullCommand,
	readReviewHint,
} from "./hints/reviews.ts";

export type Hint =
	| CiHint
	| FindingCommandHint
	| IssueHint
	| PlaceHint
	| PressHint
	| PullHint
	| ReviewHint;

/** The hint of one kind, with all it tells. */
export type HintOf<K extends Hint["kind"]> = Extract<Hint, { kind: K }>;

const READERS: Readonly<
	Record<string, (event: string, payload: unknown) => Hint | undefined>
> = {
	issues: readIssueHint,
	issue_comment: (event, payload) =>
		readIssueHint(event, payload) ?? readPullCommand(payload),
	installation: readPlaceHint,
	installation_repositories: readPlaceHint,
	repository: readPlaceHint,
	pull_request: readPullHint,
	check_run: (event, payload) =>
		readPressHint(event, payload) ?? readCiHint(payload),
	status: readStatusHint,
	pull_request_review: readReviewHint,
};

/** What an event may mean for us; undefined when it means nothing. Must not throw. */
export const readHint = (event: string, payload: unknown): Hint | undefined =>
	Object.hasOwn(READERS, event) ? READERS[event]?.(event, payload) : undefined;

/** Hints of one topic are dealt with in their order. */
export const topicOf = (hint: Hint): string =>
	"issue" in hint
		? `${hint.repository.id}/${hint.issue.number}`
		: `installation/${hint.installationId}`;

/** The task that a hint is about. */
export const taskOf = ({
	repository,
	issue,
}: Extract<Hint, { issue: unknown }>) => ({
	repositoryId: repository.id,
	issue: issue.number,
});

/** A comment is made once, whatever its deliveries look like. */
export const subjectOf = (hint: Hint) =>
	"commentId" in hint
		? commentSubject(hint.repository.id, hint.commentId)
		: undefined;

export const commentSubject = (repositoryId: number, commentId: number) =>
	`${repositoryId}/comment/${commentId}`;
