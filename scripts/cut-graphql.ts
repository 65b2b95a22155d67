// Cuts GitHub's GraphQL schema to what the forge answers. The package is fetched
// on demand and never a dependency. Run: node scripts/cut-graphql.ts

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	buildSchema,
	type GraphQLType,
	getNamedType,
	isInputObjectType,
	isObjectType,
	isSpecifiedScalarType,
	Kind,
	parse,
	print,
	type TypeDefinitionNode,
	visit,
} from "graphql";
import { FIELDS } from "../src/local/forge/graphql/kept.ts";

const PACKAGE = "@octokit/graphql-schema@15.26.1";
const CUT = new URL(
	"../src/local/forge/spec/github-cut.graphql",
	import.meta.url,
);

function fetchSchema(): string {
	const folder = mkdtempSync(join(tmpdir(), "cut-graphql-"));
	try {
		const [archive = ""] = execFileSync(
			"npm",
			["pack", "--silent", "--pack-destination", folder, PACKAGE],
			{ encoding: "utf8" },
		).split("\n");
		execFileSync("tar", ["-xzf", join(folder, archive), "-C", folder]);
		return readFileSync(join(folder, "package/schema.graphql"), "utf8");
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Every type that can be reached over the fields that are kept. */
function reached(source: string): ReadonlySet<string> {
	const schema = buildSchema(source, { assumeValidSDL: true });
	const names = new Set<string>();
	const open = ["Query", "Mutation"];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		const type = schema.getType(name);
		if (!type || names.has(name) || isSpecifiedScalarType(type)) continue;
		names.add(name);
		if (!isObjectType(type) && !isInputObjectType(type)) continue;
		for (const field of Object.values(type.getFields())) {
			const kept = isInputObjectType(type) || isKept(name, field.name);
			if (!kept) continue;
			open.push(nameOf(field.type));
			if ("args" in field)
				for (const { type } of field.args) open.push(nameOf(type));
		}
	}
	return names;
}

const nameOf = (type: GraphQLType): string => String(getNamedType(type));

const isKept = (type: string, field: string) =>
	(FIELDS[type] ?? []).includes(field);

function cut(source: string): string {
	const names = reached(source);
	const document = parse(source, { noLocation: true });
	const definitions = document.definitions.filter(
		(node): node is TypeDefinitionNode =>
			"name" in node && names.has(node.name?.value ?? ""),
	);
	const bare = visit({ kind: Kind.DOCUMENT, definitions } as const, {
		ObjectTypeDefinition: (node) => ({
			...node,
			// What they share with others is not asked for by those names.
			interfaces: [],
			fields: (node.fields ?? []).filter((field) =>
				isKept(node.name.value, field.name.value),
			),
		}),
		// Words for people, and marks that mean nothing to a validator.
		StringValue: (_, __, parent) =>
			parent && "kind" in parent && /Definition$/.test(parent.kind)
				? null
				: undefined,
		Directive: () => null,
	});
	return print(bare);
}

writeFileSync(
	CUT,
	`# Cut from ${PACKAGE} by scripts/cut-graphql.ts; see NOTICE.md.\n\n${cut(fetchSchema())}\n`,
);
