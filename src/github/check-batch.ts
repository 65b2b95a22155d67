// New check runs, many in one request.
import type { CheckAnnotation } from "../views/check.ts";
import type { RepositoryClient } from "./app-client.ts";
import { BATCH, type CheckRequest } from "./checks.ts";
import { type Done, mutate } from "./graphql.ts";
import { nodeIdOf } from "./repository.ts";

/** Beyond it a request may be too large for GitHub: those go one by one. */
const MOST_CHARACTERS = 200_000;

export interface Created {
	readonly id: number;
	readonly url: string;
}

/** Undefined for those that have to be posted singly. Must not throw. */
export async function createChecks(
	client: RepositoryClient,
	requests: readonly CheckRequest[],
): Promise<readonly (Created | undefined)[]> {
	let room = MOST_CHARACTERS;
	const fits = requests.map((request) => {
		if (request.annotations.length > BATCH) return false;
		const length = JSON.stringify(request).length;
		if (length > room) return false;
		room -= length;
		return true;
	});
	const together = requests.filter((_, i) => fits[i]);
	const done = await createTogether(client, together).catch(() => []);
	const answers = done.values();
	return fits.map((fit) => (fit ? createdBy(answers.next().value) : undefined));
}

async function createTogether(
	client: RepositoryClient,
	requests: readonly CheckRequest[],
): Promise<readonly (Done | undefined)[]> {
	if (requests.length === 0) return [];
	const repositoryId = await nodeIdOf(client);
	return mutate(
		client,
		requests.map((request) => ({
			name: "createCheckRun",
			input: { repositoryId, ...inputOf(request) },
			wanted: "checkRun { databaseId url }",
		})),
	);
}

const inputOf = (request: CheckRequest) => ({
	name: request.name,
	headSha: request.headSha,
	externalId: request.externalId,
	status: request.status.toUpperCase(),
	...(request.conclusion
		? { conclusion: request.conclusion.toUpperCase() }
		: {}),
	output: {
		title: request.title,
		summary: request.summary,
		annotations: request.annotations.map(annotationOf),
	},
	...(request.actions?.length ? { actions: request.actions } : {}),
});

const annotationOf = (annotation: CheckAnnotation) => ({
	path: annotation.path,
	location: { startLine: annotation.startLine, endLine: annotation.endLine },
	annotationLevel: annotation.level.toUpperCase(),
	title: annotation.title,
	message: annotation.message,
	...(annotation.details ? { rawDetails: annotation.details } : {}),
});

/** The number is read out of the address where GraphQL's 32 bits do not hold it. */
function createdBy(done: Done | undefined): Created | undefined {
	const run = done?.checkRun as
		| { databaseId?: number | null; url?: string }
		| null
		| undefined;
	const url = run?.url ?? "";
	const id = run?.databaseId ?? Number(/\/(\d+)$/.exec(url)?.[1]);
	return run && Number.isSafeInteger(id) ? { id, url } : undefined;
}
