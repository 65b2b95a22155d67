// What people say on pull requests: a review with all its comments, or a command.
import { z } from "zod";
import { parseCommand } from "../../run/commands.ts";
import type { RepositoryRef } from "../../run/run.ts";
import { Account, Installation, Repository, repositoryRef } from "./shapes.ts";

const Common = z.object({
	installation: Installation,
	repository: Repository,
	sender: Account,
});

/** An approval asks for nothing; one that is pending is not yet said. */
const Submitted = Common.extend({
	action: z.literal("submitted"),
	review: z.object({
		id: z.number().int(),
		state: z.enum(["commented", "changes_requested"]),
	}),
	pull_request: z.object({
		number: z.number().int(),
		head: z.object({ ref: z.string() }),
	}),
});

const Commented = Common.extend({
	action: z.literal("created"),
	issue: z.object({ number: z.number().int(), pull_request: z.unknown() }),
	comment: z.object({
		id: z.number().int(),
		body: z.string(),
		created_at: z.string(),
		performed_via_github_app: z.unknown().optional(),
	}),
});

/** What was asked for is read from GitHub when its turn has come. */
export interface ReviewHint {
	readonly kind: "reviewed";
	readonly repository: RepositoryRef;
	/** The task where the branch tells it, else the pull request itself. */
	readonly issue: { readonly number: number };
	readonly pull: number;
	/** "review-7" or "comment-8". */
	readonly review: string;
	readonly sender: string;
}

/** A command about findings, given where they are shown. */
export interface FindingCommandHint {
	readonly kind: "commented-on-pull";
	readonly repository: RepositoryRef;
	/** The pull request. */
	readonly issue: { readonly number: number };
	readonly sender: string;
	readonly commentId: number;
	readonly body: string;
	readonly createdAt: string;
}

/** Undefined when the event means nothing for us. Must not throw. */
export function readReviewHint(
	_event: string,
	payload: unknown,
): ReviewHint | undefined {
	const { data } = Submitted.safeParse(payload);
	const { number: pull = 0, head } = data?.pull_request ?? {};
	const branch = /^modelwright\/(\d{1,10})\//.exec(head?.ref ?? "");
	if (!data || !branch || data.sender.type !== "User") return undefined;
	return {
		...about(data, pull, `review-${data.review.id}`),
		issue: { number: Number(branch[1]) },
	};
}

/** Must not throw. */
export function readPullCommand(
	payload: unknown,
): ReviewHint | FindingCommandHint | undefined {
	const { data } = Commented.safeParse(payload);
	if (!data?.issue.pull_request || data.sender.type !== "User")
		return undefined;
	const { comment, repository, installation, sender } = data;
	const { id, body, performed_via_github_app: viaApp } = comment;
	if (viaApp) return undefined;
	const issue = { number: data.issue.number };
	switch (parseCommand(body)?.verb) {
		case "revise":
			return { ...about(data, issue.number, `comment-${id}`), issue };
		case "dismiss":
		case "fix":
			return {
				kind: "commented-on-pull",
				repository: repositoryRef(repository, installation.id),
				...{ issue, sender: sender.login },
				...{ commentId: id, body, createdAt: comment.created_at },
			};
		default:
			return undefined;
	}
}

const about = (
	{ repository, installation, sender }: z.infer<typeof Common>,
	pull: number,
	review: string,
) => ({
	kind: "reviewed" as const,
	repository: repositoryRef(repository, installation.id),
	...{ pull, review, sender: sender.login },
});
