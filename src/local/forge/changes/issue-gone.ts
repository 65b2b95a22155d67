// An issue leaves its repository: deleted for good, or moved to another one.
import { issueShape } from "../shapes/issue.ts";
import { repositoryShape } from "../shapes/repository.ts";
import { type Issue, nextId, type Repository } from "../state.ts";
import { emit } from "../webhooks/emit.ts";
import type { Turn } from "../world.ts";

function takeOut({ comments, issues }: Repository, { number }: Issue): void {
	issues.delete(number);
	for (const comment of comments.values())
		if (comment.number === number) comments.delete(comment.id);
}

export function deleteIssue(
	turn: Turn,
	repository: Repository,
	issue: Issue,
): void {
	const shape = issueShape(turn.world, repository, issue);
	takeOut(repository, issue);
	emit(turn, repository, "issues", "deleted", { issue: shape });
}

/** Its comments go with it; labels do where the other repository has them too. */
export function transferIssue(
	turn: Turn,
	repository: Repository,
	issue: Issue,
	to: Repository,
): number {
	const { world } = turn;
	const before = issueShape(world, repository, issue);
	const comments = [...repository.comments.values()].filter(
		({ number }) => number === issue.number,
	);
	takeOut(repository, issue);
	to.lastNumber += 1;
	const number = to.lastNumber;
	const moved: Issue = {
		...issue,
		...{ id: nextId(world.state), number, events: [] },
		labels: issue.labels.flatMap(
			({ name }) => to.labels.get(name.toLowerCase()) ?? [],
		),
	};
	to.issues.set(number, moved);
	for (const comment of comments) {
		const id = nextId(world.state);
		to.comments.set(id, { ...comment, id, number });
	}
	repository.moved.set(issue.number, { repository: to, number });
	const newIssue = issueShape(world, to, moved);
	const newRepository = repositoryShape(world, to);
	emit(turn, repository, "issues", "transferred", {
		issue: before,
		changes: { new_issue: newIssue, new_repository: newRepository },
	});
	emit(turn, to, "issues", "opened", {
		issue: newIssue,
		changes: {
			old_issue: before,
			old_repository: repositoryShape(world, repository),
		},
	});
	return number;
}
