import { answer, paged, type Routes } from "../call.ts";
import { standingStatuses } from "../ci-state.ts";
import { hasObject } from "../git/objects.ts";
import { resolveCommit } from "../git/refs.ts";
import { notFound, Problem, refused } from "../problem.ts";
import { repositoryApi, repositoryShape } from "../shapes/repository.ts";
import {
	simpleStatusShape,
	statusPayload,
	statusShape,
} from "../shapes/status.ts";
import { type CommitStatus, nextId, timestamp } from "../state.ts";
import { emit } from "../webhooks/emit.ts";

interface StatusRequest {
	state: CommitStatus["state"];
	context?: string;
	description?: string | null;
	target_url?: string | null;
}

const LONGEST_DESCRIPTION = 140;

/** One verdict over all: the worst of them; without any it is still to come. */
const together = (statuses: readonly CommitStatus[]): string => {
	const states = new Set(statuses.map(({ state }) => state));
	if (states.has("failure") || states.has("error")) return "failure";
	return states.size === 0 || states.has("pending") ? "pending" : "success";
};

export const statusRoutes = {
	"repos/create-commit-status": async (call) => {
		const { world, repository, actor, params } = call;
		const { sha = "" } = params;
		const wanted = call.body as StatusRequest;
		if (!(await hasObject(repository.directory, sha, "commit")))
			throw new Problem(422, `No commit found for SHA: ${sha}`);
		if ((wanted.description ?? "").length > LONGEST_DESCRIPTION)
			throw refused("Status", "description is too long (maximum is 140)");
		const status: CommitStatus = {
			id: nextId(world.state),
			sha,
			context: wanted.context ?? "default",
			state: wanted.state,
			description: wanted.description ?? null,
			targetUrl: wanted.target_url ?? null,
			creator: actor,
			createdAt: timestamp(),
		};
		repository.statuses.push(status);
		const payload = await statusPayload(world, repository, status);
		emit(call, repository, "status", null, payload);
		return answer(201, statusShape(world, repository, status));
	},

	"repos/get-combined-status-for-ref": async (call) => {
		const { world, repository, params } = call;
		const sha = await resolveCommit(repository.directory, params.ref ?? "");
		if (!sha) throw notFound();
		const statuses = standingStatuses(repository.statuses, sha);
		const page = await paged(
			call,
			statuses,
			(status) => simpleStatusShape(world, repository, status),
			"statuses",
		);
		const commit_url = `${repositoryApi(world, repository)}/commits/${sha}`;
		return {
			...page,
			body: {
				...(page.body as object),
				...{ sha, state: together(statuses), commit_url },
				url: `${commit_url}/status`,
				repository: repositoryShape(world, repository),
			},
		};
	},
} satisfies Routes;
