// What we take from GitHub's events. A payload is only a hint: who may do what,
// and how things stand, is asked from GitHub again when the hint is dealt with.
import { z } from "zod";
import { parseCommand } from "../run/commands.ts";

const Account = z.object({ login: z.string(), type: z.string().optional() });

const Repository = z.object({
	id: z.number().int(),
	name: z.string(),
	private: z.boolean(),
	html_url: z.string(),
	owner: z.object({ login: z.string() }),
});

const Issue = z.object({
	number: z.number().int(),
	title: z.string(),
	body: z.string().nullish(),
	user: Account.nullish(),
	pull_request: z.unknown().optional(),
});

const Common = z.object({
	installation: z.object({ id: z.number().int() }),
	repository: Repository,
	issue: Issue,
	sender: Account,
});

const Labeled = Common.extend({
	action: z.literal("labeled"),
	label: z.object({ name: z.string() }),
});

const Commented = Common.extend({
	action: z.literal("created"),
	comment: z.object({
		id: z.number().int(),
		body: z.string(),
		created_at: z.string(),
		performed_via_github_app: z.unknown().optional(),
	}),
});

const Closed = Common.extend({ action: z.literal("closed") });

const EVENTS = {
	"issues.labeled": Labeled,
	"issues.closed": Closed,
	"issue_comment.created": Commented,
} as const;

interface About {
	readonly repository: {
		readonly id: number;
		readonly owner: string;
		readonly name: string;
		readonly private: boolean;
		readonly htmlUrl: string;
		readonly installationId: number;
	};
	/** As it stood at the event. */
	readonly issue: {
		readonly number: number;
		readonly title: string;
		readonly body: string;
		readonly author: string;
	};
	readonly sender: string;
}

export type Hint =
	| (About & { readonly kind: "labeled"; readonly label: string })
	| (About & {
			readonly kind: "commented";
			readonly commentId: number;
			readonly body: string;
			readonly createdAt: string;
	  })
	| (About & { readonly kind: "closed" });

/** What an event may mean for us; undefined when it means nothing. Must not throw. */
export function readHint(event: string, payload: unknown): Hint | undefined {
	const { action } = (payload ?? {}) as { action?: unknown };
	const name = `${event}.${String(action)}`;
	if (!Object.hasOwn(EVENTS, name)) return undefined;
	const parsed = EVENTS[name as keyof typeof EVENTS].safeParse(payload);
	if (!parsed.success) return undefined;
	const given = parsed.data;
	if (given.issue.pull_request) return undefined;
	if (given.action === "closed") return { ...about(given), kind: "closed" };
	// Bots, ours among them, neither start nor command anything.
	if (given.sender.type !== "User") return undefined;
	if (given.action === "labeled")
		return { ...about(given), kind: "labeled", label: given.label.name };
	const { id, body, created_at, performed_via_github_app } = given.comment;
	if (performed_via_github_app || !parseCommand(body)) return undefined;
	const comment = { commentId: id, body, createdAt: created_at };
	return { ...about(given), kind: "commented", ...comment };
}

/** A comment is made once, whatever its deliveries look like. */
export const subjectOf = (hint: Hint) =>
	hint.kind === "commented"
		? commentSubject(hint.repository.id, hint.commentId)
		: undefined;

export const commentSubject = (repositoryId: number, commentId: number) =>
	`${repositoryId}/comment/${commentId}`;

function about({
	installation,
	repository,
	issue,
	sender,
}: z.infer<typeof Common>): About {
	return {
		repository: {
			id: repository.id,
			owner: repository.owner.login,
			name: repository.name,
			private: repository.private,
			htmlUrl: repository.html_url,
			installationId: installation.id,
		},
		issue: {
			number: issue.number,
			title: issue.title,
			body: issue.body ?? "",
			author: issue.user?.login ?? "ghost",
		},
		sender: sender.login,
	};
}
