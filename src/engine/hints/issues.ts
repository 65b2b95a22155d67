// Events of one issue: labels, commands and replies, and what else happens to it.
import { z } from "zod";
import { parseCommand } from "../../run/commands.ts";
import { plainReply } from "../../run/plain-reply.ts";
import type { RepositoryRef, Issue as Task } from "../../run/run.ts";
import { Account, Installation, Repository, repositoryRef } from "./shapes.ts";

const Issue = z.object({
	number: z.number().int(),
	title: z.string(),
	body: z.string().nullish(),
	user: Account.nullish(),
	pull_request: z.unknown().optional(),
});

const Common = z.object({
	action: z.string(),
	installation: Installation,
	repository: Repository,
	issue: Issue,
	sender: Account,
});

const Label = z.object({ label: z.object({ name: z.string() }) });

const Changed = z.object({
	changes: z.object({ title: z.unknown(), body: z.unknown() }).partial(),
});

const Moved = z.object({
	changes: z.object({
		new_issue: z.object({ number: z.number().int() }),
		new_repository: z.object({ full_name: z.string() }),
	}),
});

const Comment = z.object({
	comment: z.object({
		id: z.number().int(),
		body: z.string(),
		created_at: z.string(),
		performed_via_github_app: z.unknown().optional(),
	}),
});

interface About {
	readonly repository: RepositoryRef;
	/** As it stood at the event. */
	readonly issue: Task;
	readonly sender: string;
	readonly senderId?: number;
}

interface Said {
	readonly commentId: number;
	readonly body: string;
	readonly createdAt: string;
}

/** One type for each kind, so that a kind tells its hint apart. */
type Each<K extends string, More = unknown> = K extends string
	? { readonly kind: K } & More
	: never;

type What =
	| Each<"labeled" | "unlabeled", { readonly label: string }>
	| Each<"commented" | "replied", Said>
	| Each<"closed" | "edited" | "locked" | "unlocked">
	/** Deleted, or moved elsewhere. */
	| Each<"gone", { readonly why: string }>;

export type IssueHint = About & What;

type Payload = z.infer<typeof Common>;

/** Bots, ours among them, neither start nor command anything. */
const byPerson = ({ sender }: Payload) => sender.type === "User";

const plain = (kind: "closed" | "locked" | "unlocked") => (): What => ({
	kind,
});

const EVENTS: Readonly<
	Record<string, (given: Payload, payload: unknown) => What | undefined>
> = {
	"issues.labeled": (given, payload) =>
		byPerson(given) ? labelled("labeled", payload) : undefined,
	"issues.unlabeled": (_, payload) => labelled("unlabeled", payload),
	"issues.edited"(_, payload) {
		const { data } = Changed.safeParse(payload);
		const isText = data?.changes.title || data?.changes.body;
		return isText ? { kind: "edited" } : undefined;
	},
	"issues.closed": plain("closed"),
	"issues.locked": plain("locked"),
	"issues.unlocked": plain("unlocked"),
	"issues.deleted": () => ({ kind: "gone", why: "The issue was deleted." }),
	"issues.transferred"(_, payload) {
		const { data } = Moved.safeParse(payload);
		const to = data
			? ` to ${data.changes.new_repository.full_name}#${data.changes.new_issue.number}`
			: "";
		return { kind: "gone", why: `The issue was transferred${to}.` };
	},
	"issue_comment.created": (given, payload) =>
		byPerson(given) ? said(payload) : undefined,
};

/** Undefined when the event means nothing for us. Must not throw. */
export function readIssueHint(
	event: string,
	payload: unknown,
): IssueHint | undefined {
	const { success, data } = Common.safeParse(payload);
	if (!success || data.issue.pull_request) return undefined;
	const name = `${event}.${data.action}`;
	if (!Object.hasOwn(EVENTS, name)) return undefined;
	const what = EVENTS[name]?.(data, payload);
	return what && { ...about(data), ...what };
}

function labelled(
	kind: "labeled" | "unlabeled",
	payload: unknown,
): What | undefined {
	const { data } = Label.safeParse(payload);
	return data && { kind, label: data.label.name };
}

function said(payload: unknown): What | undefined {
	const { data } = Comment.safeParse(payload);
	if (!data || data.comment.performed_via_github_app) return undefined;
	const { id, body, created_at } = data.comment;
	const kind = parseCommand(body) ? "commented" : "replied";
	if (kind === "replied" && !plainReply(body)) return undefined;
	return { kind, commentId: id, body, createdAt: created_at };
}

function about({ installation, repository, issue, sender }: Payload): About {
	return {
		repository: repositoryRef(repository, installation.id),
		issue: {
			number: issue.number,
			title: issue.title,
			body: issue.body ?? "",
			author: issue.user?.login ?? "ghost",
		},
		sender: sender.login,
		...(sender.id ? { senderId: sender.id } : {}),
	};
}
