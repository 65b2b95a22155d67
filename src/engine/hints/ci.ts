// A check of another app ended on a branch of ours. A success is told too: it
// may be the last that the others waited for.
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
		pull_requests: z.array(
			z.object({
				number: z.number().int(),
				head: z.object({ ref: z.string() }),
			}),
		),
	}),
});

export interface CiHint {
	readonly kind: "ci-ended";
	readonly repository: RepositoryRef;
	readonly issue: { readonly number: number };
	readonly pull: number;
	readonly head: string;
}

/** Undefined when the event means nothing for us. Must not throw. */
export function readCiHint(payload: unknown): CiHint | undefined {
	const { data } = Ended.safeParse(payload);
	// Our own checks are told from their ids here, and by their app when they are read.
	if (!data || taskOfCheck(data.check_run.external_id ?? "")) return undefined;
	const { check_run: check, repository, installation } = data;
	for (const { number: pull, head } of check.pull_requests) {
		const [, issue] = /^modelwright\/(\d{1,10})\//.exec(head.ref) ?? [];
		if (issue)
			return {
				kind: "ci-ended",
				repository: repositoryRef(repository, installation.id),
				issue: { number: Number(issue) },
				...{ pull, head: check.head_sha },
			};
	}
	return undefined;
}
