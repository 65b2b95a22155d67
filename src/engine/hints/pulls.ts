// Events of pull requests: one of ours may have been merged, or closed without.
import { z } from "zod";
import type { RepositoryRef } from "../../run/run.ts";
import { Installation, Repository, repositoryRef } from "./shapes.ts";

const Moved = z.object({
	action: z.enum(["closed", "reopened"]),
	installation: Installation,
	repository: Repository,
	pull_request: z.object({ head: z.object({ ref: z.string() }) }),
});

/** How its pull requests stand is asked anew. */
export interface PullHint {
	readonly kind: "pull-moved";
	readonly repository: RepositoryRef;
	/** The task that the branch is named after. */
	readonly issue: { readonly number: number };
}

/** Undefined when the event means nothing for us. Must not throw. */
export function readPullHint(
	_event: string,
	payload: unknown,
): PullHint | undefined {
	const { data } = Moved.safeParse(payload);
	const branch = /^modelwright\/(\d{1,10})\//.exec(
		data?.pull_request.head.ref ?? "",
	);
	if (!data || !branch) return undefined;
	return {
		kind: "pull-moved",
		repository: repositoryRef(data.repository, data.installation.id),
		issue: { number: Number(branch[1]) },
	};
}
