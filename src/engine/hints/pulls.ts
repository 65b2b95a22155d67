// Events of pull requests: one of ours may have been merged, or closed without;
// people may have pushed to its branch.
import { z } from "zod";
import type { RepositoryRef } from "../../run/run.ts";
import { Account, Installation, Repository, repositoryRef } from "./shapes.ts";

const Moved = z.object({
	action: z.enum(["closed", "reopened", "synchronize"]),
	installation: Installation,
	repository: Repository,
	sender: Account,
	pull_request: z.object({
		number: z.number().int(),
		head: z.object({ ref: z.string() }),
	}),
});

/** How its pull requests stand is asked anew. */
export type PullHint = About &
	(
		| { readonly kind: "pull-moved" }
		| { readonly kind: "pull-pushed"; readonly pull: number }
		| { readonly kind: "pull-reverted"; readonly revert: number }
	);

interface About {
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
	// GitHub's button puts "revert-12-" before the branch's name.
	const branch = /^(revert-\d{1,10}-)?modelwright\/(\d{1,10})\//.exec(
		data?.pull_request.head.ref ?? "",
	);
	if (!data || !branch) return undefined;
	const about = {
		repository: repositoryRef(data.repository, data.installation.id),
		issue: { number: Number(branch[2]) },
	};
	const { action, sender, pull_request: pull } = data;
	if (branch[1])
		return action === "closed"
			? { kind: "pull-reverted", revert: pull.number, ...about }
			: undefined;
	if (action !== "synchronize") return { kind: "pull-moved", ...about };
	// What we push ourselves we know of.
	return sender.type === "User"
		? { kind: "pull-pushed", pull: pull.number, ...about }
		: undefined;
}
