// Several changes in one request. REST takes one at a time, and GitHub wants a
// second between two writes.
import type { RepositoryClient } from "./app-client.ts";
import { ONCE } from "./create-once.ts";

/** One change by GitHub's name for it. */
export interface Mutation {
	readonly name: string;
	readonly input: object;
	/** The fields wanted back, as GraphQL writes them. */
	readonly wanted: string;
}

export type Done = Readonly<Record<string, unknown>>;

/**
 * Done one after the other; each answers for itself. Undefined where it is not
 * known to be done: refused, lost, or a host that knows nothing of it. Must not throw.
 */
export async function mutate(
	client: RepositoryClient,
	mutations: readonly Mutation[],
): Promise<readonly (Done | undefined)[]> {
	const answers = await ask(client, mutations).catch((error: unknown) => {
		client.log.info(
			`GitHub did not do ${mutations.length} changes in one request: ${(error as Error).message}`,
		);
		return partOf(error);
	});
	return mutations.map((_, i) => answers[`m${i}`] ?? undefined);
}

type Answers = Readonly<Record<string, Done | null>>;

function ask(
	client: RepositoryClient,
	mutations: readonly Mutation[],
): Promise<Answers> {
	const types = mutations.map(({ name }, i) => `$i${i}: ${typeOf(name)}!`);
	const fields = mutations.map(
		({ name, wanted }, i) => `m${i}: ${name}(input: $i${i}) { ${wanted} }`,
	);
	const inputs = mutations.map(({ input }, i) => [`i${i}`, input] as const);
	return client.octokit.graphql<Answers>(
		`mutation (${types.join(", ")}) {\n${fields.join("\n")}\n}`,
		{ ...Object.fromEntries(inputs), ...ONCE },
	);
}

const typeOf = (name: string) =>
	`${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;

/** Where some were refused the others are told all the same. */
function partOf(error: unknown): Answers {
	const { data } = error as { data?: Answers | null };
	return data ?? {};
}
