// What people say on pull requests: a review with all its comments, or /revise.
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
export function readRevisionHint(payload: unknown): ReviewHint | undefined {
	const { data } = Commented.safeParse(payload);
	if (!data?.issue.pull_request || data.sender.type !== "User")
		return undefined;
	const { id, body, performed_via_github_app: viaApp } = data.comment;
	if (viaApp || parseCommand(body)?.verb !== "revise") return undefined;
	return {
		...about(data, data.issue.number, `comment-${id}`),
		issue: { number: data.issue.number },
	};
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
