import type { Schema, Schemas } from "./schema.ts";

/**
 * A handler returns the fields it knows; this adds every other field that
 * GitHub's schema requires: null where allowed, else the plainest value.
 */
export function createCompleter<Document>(
	schemas: Pick<Schemas<Document>, "follow">,
	origin: () => string,
): (schema: Schema, value: unknown) => unknown {
	/** A schema with its references followed and its `allOf` parts laid together. */
	function flat(schema: Schema): Schema {
		const followed = schemas.follow(schema);
		if (!followed.allOf) return followed;
		const parts = [...followed.allOf.map(flat), { ...followed, allOf: [] }];
		const properties: Record<string, Schema> = {};
		for (const part of parts)
			for (const [name, schema] of Object.entries(part.properties ?? {}))
				properties[name] = properties[name]
					? { allOf: [properties[name], schema] }
					: schema;
		const required = parts.flatMap((part) => part.required ?? []);
		const { allOf: _, ...whole } = Object.assign({}, ...parts) as Schema;
		return { ...whole, properties, required };
	}

	function variants(schema: Schema): Schema[] {
		const followed = flat(schema);
		const several = followed.anyOf;
		return several && !Object.keys(followed.properties ?? {}).length
			? several.flatMap(variants)
			: [followed];
	}

	function allowsNull(schema: Schema): boolean {
		const { allOf } = schemas.follow(schema);
		if (allOf?.length) return allOf.every(allowsNull);
		return variants(schema).some(({ type }) => [type].flat().includes("null"));
	}

	/** Of several variants the one that knows most of the value's fields and asks for least else. */
	function choose(schema: Schema, value: unknown): Schema {
		const fields =
			typeof value === "object" && value !== null ? Object.keys(value) : [];
		const score = ({ properties = {}, required = [] }: Schema): number =>
			fields.filter((field) => field in properties).length -
			required.filter((field) => !fields.includes(field)).length / 100;
		return variants(schema)
			.filter(({ type }) => type !== "null")
			.reduce((best, next) => (score(next) > score(best) ? next : best));
	}

	function plainest(schema: Schema, name: string): unknown {
		if (allowsNull(schema)) return null;
		const chosen = choose(schema, undefined);
		if (chosen.enum) return chosen.enum[0];
		if (chosen.const !== undefined) return chosen.const;
		const type = Array.isArray(chosen.type) ? chosen.type[0] : chosen.type;
		if (type === "boolean") return false;
		if (type === "array") return [];
		if (type === "integer" || type === "number") return chosen.minimum ?? 0;
		if (type !== "string") return complete(chosen, {}, name);
		if (chosen.format === "uri" || /url$/.test(name))
			return `${origin()}/-/${name}`;
		if (chosen.format === "date-time") return "1970-01-01T00:00:00Z";
		if (chosen.format === "email") return "nobody@users.noreply.github.com";
		return "-".repeat(chosen.minLength ?? 0);
	}

	function complete(schema: Schema, value: unknown, name: string): unknown {
		if (value === undefined) return plainest(schema, name);
		if (typeof value !== "object" || value === null) return value;
		const { properties = {}, required = [], items } = choose(schema, value);
		if (Array.isArray(value))
			return items ? value.map((item) => complete(items, item, name)) : value;
		const whole: Record<string, unknown> = { ...value };
		for (const [key, field] of Object.entries(whole))
			if (field !== undefined && properties[key])
				whole[key] = complete(properties[key], field, key);
		for (const key of required)
			if (whole[key] === undefined)
				whole[key] = plainest(properties[key] ?? {}, key);
		return whole;
	}

	return (schema, value) => complete(schema, value, "");
}
