import type {
	Comment,
	Issue,
	IssueEvent,
	Label,
	Reaction,
	Repository,
} from "../state.ts";
import type { World } from "../world.ts";
import { accountShape, appShape } from "./account.ts";
import { association, repositoryApi, repositoryPage } from "./repository.ts";

export function labelShape(
	world: World,
	repository: Repository,
	label: Label,
): object {
	const name = encodeURIComponent(label.name);
	return {
		id: label.id,
		node_id: `LA_${label.id}`,
		url: `${repositoryApi(world, repository)}/labels/${name}`,
		name: label.name,
		description: label.description,
		color: label.color,
		default: false,
	};
}

/** The counts of a thing's reactions, as GitHub adds them to the thing. */
export function reactionsShape(url: string, reactions: Reaction[]): object {
	const count = (content: Reaction["content"]): number =>
		reactions.filter((reaction) => reaction.content === content).length;
	return {
		url: `${url}/reactions`,
		total_count: reactions.length,
		"+1": count("+1"),
		"-1": count("-1"),
		laugh: count("laugh"),
		hooray: count("hooray"),
		confused: count("confused"),
		heart: count("heart"),
		rocket: count("rocket"),
		eyes: count("eyes"),
	};
}

export function reactionShape(world: World, reaction: Reaction): object {
	return {
		id: reaction.id,
		node_id: `REA_${reaction.id}`,
		user: accountShape(world, reaction.user),
		content: reaction.content,
		created_at: reaction.createdAt,
	};
}

export function issuePage(
	world: World,
	repository: Repository,
	issue: Issue,
): string {
	const kind = issue.pull ? "pull" : "issues";
	return `${repositoryPage(world, repository)}/${kind}/${issue.number}`;
}

export function issueShape(
	world: World,
	repository: Repository,
	issue: Issue,
): object {
	const api = repositoryApi(world, repository);
	const url = `${api}/issues/${issue.number}`;
	const page = issuePage(world, repository, issue);
	return {
		id: issue.id,
		node_id: `I_${issue.id}`,
		url,
		repository_url: api,
		labels_url: `${url}/labels{/name}`,
		comments_url: `${url}/comments`,
		events_url: `${url}/events`,
		timeline_url: `${url}/timeline`,
		html_url: page,
		number: issue.number,
		state: issue.state,
		state_reason: issue.stateReason,
		title: issue.title,
		body: issue.body,
		user: accountShape(world, issue.user),
		labels: issue.labels.map((label) => labelShape(world, repository, label)),
		assignee: null,
		assignees: [],
		milestone: null,
		locked: issue.locked,
		active_lock_reason: null,
		comments: [...repository.comments.values()].filter(
			(comment) => comment.number === issue.number,
		).length,
		created_at: issue.createdAt,
		updated_at: issue.updatedAt,
		closed_at: issue.closedAt,
		author_association: association(repository, issue.user),
		reactions: reactionsShape(url, issue.reactions),
		performed_via_github_app: issue.viaApp ? appShape(world) : null,
		...(issue.pull && {
			draft: issue.pull.draft,
			pull_request: {
				url: `${api}/pulls/${issue.number}`,
				html_url: page,
				diff_url: `${page}.diff`,
				patch_url: `${page}.patch`,
				merged_at: issue.pull.mergedAt,
			},
		}),
	};
}

export function commentShape(
	world: World,
	repository: Repository,
	comment: Comment,
): object {
	const api = `${repositoryApi(world, repository)}/issues`;
	const url = `${api}/comments/${comment.id}`;
	const issue = repository.issues.get(comment.number) as Issue;
	return {
		id: comment.id,
		node_id: `IC_${comment.id}`,
		url,
		html_url: `${issuePage(world, repository, issue)}#issuecomment-${comment.id}`,
		issue_url: `${api}/${comment.number}`,
		body: comment.body,
		user: accountShape(world, comment.user),
		created_at: comment.createdAt,
		updated_at: comment.updatedAt,
		author_association: association(repository, comment.user),
		reactions: reactionsShape(url, comment.reactions),
		performed_via_github_app: comment.viaApp ? appShape(world) : null,
	};
}

export function eventShape(
	world: World,
	repository: Repository,
	event: IssueEvent,
): object {
	const api = repositoryApi(world, repository);
	return {
		id: event.id,
		node_id: `EV_${event.id}`,
		url: `${api}/issues/events/${event.id}`,
		actor: accountShape(world, event.actor),
		event: event.event,
		commit_id: event.commitSha,
		commit_url: event.commitSha && `${api}/commits/${event.commitSha}`,
		created_at: event.createdAt,
		...(event.label && { label: event.label }),
		...(event.rename && { rename: event.rename }),
		...(event.reviewer && {
			review_requester: accountShape(world, event.actor),
			requested_reviewer: accountShape(world, event.reviewer),
		}),
	};
}
