// The repository's own CI said something of a branch of ours: a check of another
// app ended, or a commit status was set. A success is told too: it may be the
// last that the others waited for.
import { z } from "zod";
import type { RepositoryRef } from "../../run/run.ts";
import { taskOfCheck } from "../check-request.ts";
import { Installation, Repository, repositoryRef } from "./shapes.ts";

const Ended = z.object({
	action: z.literal("completed"),
	installation: Installation,
	repository: Repository,
	check_run: z.object({
		head_sha: z.string(),
		external_id: z.string().nullish(),
		pull_requests: z.array(z.object({ head: z.object({ ref: z.string() }) })),
	}),
});

const Status = z.object({
	state: z.enum(["error", "failure", "success"]),
	installation: Installation,
	repository: Repository,
	sha: z.string(),
	/** Every branch that holds the commit, whatever stands above it there. */
	branches: z.array(
		z.object({ name: z.string(), commit: z.object({ sha: z.string() }) }),
	),
});

export interface CiHint {
	readonly kind: "ci-ended";
	readonly repository: RepositoryRef;
	/** The task that the branch is named after. */
	readonly issue: { readonly number: number };
	readonly branch: string;
	readonly head: string;
}

/** Undefined when the event means nothing for us. Must not throw. */
export function readCiHint(payload: unknown): CiHint | undefined {
	const { data } = Ended.safeParse(payload);
	// Our own checks are told from their ids here, and by their app when they are read.
	if (!data || taskOfCheck(data.check_run.external_id ?? "")) return undefined;
	const { head_sha: head, pull_requests: pulls } = data.check_run;
	return hintOf(
		data,
		head,
		pulls.map((pull) => pull.head.ref),
	);
}

/** Undefined when the event means nothing for us. Must not throw. */
export function readStatusHint(
	_event: string,
	payload: unknown,
): CiHint | undefined {
	const { data } = Status.safeParse(payload);
	if (!data) return undefined;
	const { sha, branches } = data;
	const there = branches.filter(({ commit }) => commit.sha === sha);
	return hintOf(
		data,
		sha,
		there.map(({ name }) => name),
	);
}

/** Of the first branch that is ours. */
function hintOf(
	{
		repository,
		installation,
	}: Pick<z.infer<typeof Ended>, "repository" | "installation">,
	head: string,
	branches: readonly string[],
): CiHint | undefined {
	for (const branch of branches) {
		const [, issue] = /^modelwright\/(\d{1,10})\//.exec(branch) ?? [];
		if (issue)
			return {
				kind: "ci-ended",
				repository: repositoryRef(repository, installation.id),
				issue: { number: Number(issue) },
				...{ branch, head },
			};
	}
	return undefined;
}
