import { readFileSync } from "node:fs";
import {
	buildSchema,
	type DocumentNode,
	execute,
	GraphQLError,
	Kind,
	parse,
	validate,
} from "graphql";
import { failing, type Performed } from "../perform.ts";
import { Problem } from "../problem.ts";
import type { Outgoing } from "../webhooks/courier.ts";
import type { Caller, World } from "../world.ts";
import { mutations } from "./mutations.ts";

const SCHEMA = buildSchema(
	readFileSync(new URL("../spec/github-cut.graphql", import.meta.url), "utf8"),
);

interface GraphqlRequest {
	readonly query?: string;
	readonly variables?: Record<string, unknown>;
}

/** One request, however many mutations it holds; these happen one after the other. */
export async function answerGraphql(
	world: World,
	caller: Caller,
	body: unknown,
): Promise<Performed> {
	if (caller.kind === "nobody" || caller.kind === "app")
		throw new Problem(401, "This endpoint requires you to be authenticated.");
	const { query = "", variables = {} } = (body ?? {}) as GraphqlRequest;
	const { document, faults } = read(query);
	if (!document) return misunderstood(world, caller, faults);
	const asked = fieldsOf(document);
	return failing(world, `graphql/${asked[0]}`, async () => {
		const outbox: Outgoing[] = [];
		const { data, errors = [] } = await execute({
			schema: SCHEMA,
			document,
			rootValue: mutations({ world, caller, outbox }),
			variableValues: variables,
		});
		// Without data not even the variables were such as the schema wants them.
		if (data === undefined) return misunderstood(world, caller, errors);
		note(world, caller, [...new Set(asked)].join("+"));
		const told = {
			data,
			...(errors.length ? { errors: errors.map(tell) } : {}),
		};
		return { answer: { status: 200, body: told }, outbox };
	});
}

/** The document, or what GitHub's schema has against it. */
function read(query: string): {
	document?: DocumentNode;
	faults: readonly GraphQLError[];
} {
	try {
		const document = parse(query);
		const faults = [...validate(SCHEMA, document), ...onlyMutations(document)];
		return faults.length ? { faults } : { document, faults };
	} catch (error) {
		if (error instanceof GraphQLError) return { faults: [error] };
		throw error;
	}
}

const onlyMutations = ({ definitions }: DocumentNode) =>
	definitions.flatMap((node) =>
		node.kind === Kind.OPERATION_DEFINITION && node.operation !== "mutation"
			? new GraphQLError("The local GitHub answers mutations only.")
			: [],
	);

const fieldsOf = (document: DocumentNode): string[] =>
	document.definitions.flatMap((node) =>
		node.kind === Kind.OPERATION_DEFINITION
			? node.selectionSet.selections.flatMap((one) =>
					one.kind === Kind.FIELD ? one.name.value : [],
				)
			: [],
	);

/** GitHub names the kind of an error beside its words. */
const tell = ({ message, path, locations, extensions }: GraphQLError) => ({
	...(extensions.type ? { type: extensions.type } : {}),
	...(path ? { path } : {}),
	...(locations ? { locations } : {}),
	message,
});

function misunderstood(
	world: World,
	caller: Caller,
	errors: readonly GraphQLError[],
): Performed {
	const faults = errors.map(({ message }) => message);
	world.violations.push({ where: "request", what: "graphql", faults });
	note(world, caller, "unknown");
	return {
		answer: { status: 200, body: { errors: errors.map(tell) } },
		outbox: [],
	};
}

function note(world: World, caller: Caller, what: string): void {
	const by = caller.account?.login ?? "nobody";
	const operation = `graphql/${what}`;
	world.calls.push({ operation, status: 200, write: true, by });
}
