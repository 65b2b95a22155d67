// What of GitHub's GraphQL schema this forge answers: these mutations with all
// their inputs, and of what they return these fields.

export const MUTATIONS = [
	"convertPullRequestToDraft",
	"createCheckRun",
	"markPullRequestReadyForReview",
	"updatePullRequest",
] as const;

export type Mutation = (typeof MUTATIONS)[number];

export const FIELDS: Readonly<Record<string, readonly string[]>> = {
	// A schema without a query is none.
	Query: ["viewer"],
	User: ["login"],
	Mutation: MUTATIONS,
	CheckRun: ["id", "databaseId", "name", "url"],
	PullRequest: ["id", "number", "title", "isDraft", "state", "url"],
	ConvertPullRequestToDraftPayload: ["clientMutationId", "pullRequest"],
	CreateCheckRunPayload: ["checkRun", "clientMutationId"],
	MarkPullRequestReadyForReviewPayload: ["clientMutationId", "pullRequest"],
	UpdatePullRequestPayload: ["clientMutationId", "pullRequest"],
};
