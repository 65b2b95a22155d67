// Pull requests get their last text and come out of draft, all in one request.
import type { RepositoryClient } from "./app-client.ts";
import { type Mutation, mutate } from "./graphql.ts";
import {
	editPull,
	type Marked,
	markReady,
	type Pull,
	readPull,
} from "./pulls.ts";

export interface FinishedPull {
	readonly number: number;
	readonly body: string;
}

const WANTED = "pullRequest { id }";

/** In the order given; a draft that stays one is told. */
export async function finishPulls(
	client: RepositoryClient,
	finished: readonly FinishedPull[],
): Promise<readonly Marked[]> {
	const pulls = await Promise.all(
		finished.map(async ({ number, body }) => ({
			body,
			pull: await readPull(client, number),
		})),
	);
	const steps = pulls.flatMap(({ pull, body }) => stepsFor(pull, body));
	const answers =
		steps.length > 1
			? await mutate(
					client,
					steps.map(({ mutation }) => mutation),
				)
			: [];
	const left = steps.filter((_, i) => !answers[i]);
	const marks = new Map<number, Marked>();
	// One by one what was not done together, which also tells why not.
	for (const { pull, finish } of left)
		marks.set(pull.number, await finish(client));
	return pulls.map(({ pull }) => marks.get(pull.number) ?? { ok: true });
}

interface Step {
	readonly pull: Pull;
	readonly mutation: Mutation;
	finish(client: RepositoryClient): Promise<Marked>;
}

/** What is still to be done, the text before the draft: a reader finds it complete. */
function stepsFor(pull: Pull, body: string): Step[] {
	const pullRequestId = pull.nodeId;
	const edit: Step = {
		pull,
		mutation: {
			name: "updatePullRequest",
			input: { pullRequestId, body },
			wanted: WANTED,
		},
		async finish(client) {
			await editPull(client, pull, { body });
			return { ok: true };
		},
	};
	const mark: Step = {
		pull,
		mutation: {
			name: "markPullRequestReadyForReview",
			input: { pullRequestId },
			wanted: WANTED,
		},
		finish: (client) => markReady(client, pullRequestId),
	};
	return [...(pull.body === body ? [] : [edit]), ...(pull.draft ? [mark] : [])];
}
