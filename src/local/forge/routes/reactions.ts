import {
	type Answer,
	answer,
	type Call,
	findIssue,
	paged,
	type Routes,
} from "../call.ts";
import { reactionShape } from "../shapes/issue.ts";
import { nextId, type Reaction, timestamp } from "../state.ts";
import { findComment } from "./comments.ts";

/** The same reaction twice is answered with the first one. */
function react(call: Call, reactions: Reaction[]): Answer {
	const { content } = call.body as Pick<Reaction, "content">;
	const { world, actor } = call;
	const found = reactions.find(
		(one) => one.user.id === actor.id && one.content === content,
	);
	if (found) return answer(200, reactionShape(world, found));
	const id = nextId(world.state);
	const reaction = { id, user: actor, content, createdAt: timestamp() };
	reactions.push(reaction);
	return answer(201, reactionShape(world, reaction));
}

export const reactionRoutes = {
	"reactions/create-for-issue": (call) =>
		react(call, findIssue(call).reactions),

	"reactions/create-for-issue-comment": (call) =>
		react(call, findComment(call).reactions),

	"reactions/list-for-issue-comment": (call) => {
		const content = call.query.get("content");
		const reactions = findComment(call).reactions.filter(
			(reaction) => !content || reaction.content === content,
		);
		return paged(call, reactions, (one) => reactionShape(call.world, one));
	},
} satisfies Routes;
