// The least value a JSON Schema admits, made from the schema and nothing else:
// whoever answers our tools has no more to go by.

export interface Schema {
	type?: string;
	enum?: unknown[];
	pattern?: string;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	minItems?: number;
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	format?: string;
	additionalProperties?: unknown;
	description?: string;
}

/** Strings by format; where there is none, letters. */
export type Strings = (format: string | undefined) => string | undefined;

export function minimalValue(schema: Schema, strings: Strings): unknown {
	if (schema.enum) return schema.enum[0];
	switch (schema.type) {
		case "object":
			return Object.fromEntries(
				(schema.required ?? []).map((name) => {
					const property = schema.properties?.[name];
					if (!property) throw new Error(`${name} is required, not described`);
					return [name, minimalValue(property, strings)];
				}),
			);
		case "array":
			return Array.from({ length: schema.minItems ?? 0 }, () =>
				minimalValue(schema.items ?? {}, strings),
			);
		case "string":
			return minimalString(schema, strings);
		case "integer":
		case "number":
			return schema.minimum ?? 0;
		case "boolean":
			return false;
		default:
			throw new Error(`no value for ${JSON.stringify(schema)}`);
	}
}

function minimalString(schema: Schema, strings: Strings): string {
	const given = strings(schema.format);
	if (given !== undefined) return given;
	const length = Math.max(schema.minLength ?? 0, schema.pattern ? 2 : 0);
	const tries = ["a".repeat(length), "R1"];
	const pattern = new RegExp(schema.pattern ?? "", "u");
	const fits = tries.find((text) => pattern.test(text));
	if (fits === undefined) throw new Error(`nothing fits ${schema.pattern}`);
	return fits;
}
