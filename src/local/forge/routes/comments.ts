import { atLeast } from "../authorize.ts";
import {
	answer,
	type Call,
	findIssue,
	idParam,
	paged,
	type Routes,
} from "../call.ts";
import { notFound, Problem } from "../problem.ts";
import { commentShape, issueShape } from "../shapes/issue.ts";
import {
	type Comment,
	type Issue,
	nextId,
	roleOf,
	timestamp,
} from "../state.ts";
import { requireBody } from "../text.ts";
import { emit } from "../webhooks/emit.ts";
import { requireAuthorship } from "./issues.ts";

export function findComment(call: Call): Comment {
	const comment = call.repository.comments.get(idParam(call, "comment_id"));
	if (!comment) throw notFound();
	return comment;
}

function tellComment(
	call: Call,
	comment: Comment,
	action: "created" | "edited",
	details: object = {},
): void {
	const { world, repository } = call;
	const issue = repository.issues.get(comment.number) as Issue;
	emit(call, repository, "issue_comment", action, {
		...details,
		issue: issueShape(world, repository, issue),
		comment: commentShape(world, repository, comment),
	});
}

const mayWrite = ({ caller, repository, actor }: Call): boolean =>
	caller.kind !== "person" || atLeast(roleOf(repository, actor), "write");

export const commentRoutes = {
	"issues/get-comment": (call) =>
		answer(200, commentShape(call.world, call.repository, findComment(call))),

	"issues/list-comments": (call) => {
		const { number } = findIssue(call);
		const since = Date.parse(call.query.get("since") ?? "1970-01-01");
		const comments = [...call.repository.comments.values()].filter(
			(comment) =>
				comment.number === number && Date.parse(comment.updatedAt) >= since,
		);
		return paged(call, comments, (comment) =>
			commentShape(call.world, call.repository, comment),
		);
	},

	"issues/create-comment": (call) => {
		const { world, repository } = call;
		const issue = findIssue(call);
		const { body } = call.body as { body: string };
		requireBody("IssueComment", body);
		if (issue.locked && !mayWrite(call))
			throw new Problem(
				403,
				"Unable to create comment because issue is locked.",
			);
		const now = timestamp();
		const comment: Comment = {
			id: nextId(world.state),
			number: issue.number,
			user: call.actor,
			viaApp: call.viaApp,
			body,
			createdAt: now,
			updatedAt: now,
			reactions: [],
		};
		repository.comments.set(comment.id, comment);
		issue.updatedAt = now;
		tellComment(call, comment, "created");
		return answer(201, commentShape(world, repository, comment));
	},

	"issues/update-comment": (call) => {
		const comment = findComment(call);
		requireAuthorship(call, comment.user);
		const { body } = call.body as { body: string };
		requireBody("IssueComment", body);
		const from = comment.body;
		comment.body = body;
		comment.updatedAt = timestamp();
		if (body !== from)
			tellComment(call, comment, "edited", { changes: { body: { from } } });
		return answer(200, commentShape(call.world, call.repository, comment));
	},
} satisfies Routes;
