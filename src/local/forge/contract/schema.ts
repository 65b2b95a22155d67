import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** The words of JSON Schema that GitHub's descriptions use. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	enum?: unknown[];
	const?: unknown;
	format?: string;
	minimum?: number;
	minLength?: number;
	anyOf?: Schema[];
	allOf?: Schema[];
}

/** A description whose schemas can be followed and checked. */
export interface Schemas<Document> {
	document: Document;
	/** Follows references; must get anything the document itself holds. */
	follow<T extends object>(node: T): T;
	/** What is wrong with the value, at most eight sentences; empty: nothing. */
	faults(schema: Schema, value: unknown): string[];
}

const HOME = "https://forge.invalid/spec";

/** Formats that GitHub names but no validator knows; they are let through. */
const LOOSE = ["int64", "int32", "repo.nwo", "timestamp", "url", "binary"];

/**
 * `nullable` is the old OpenAPI way to say what JSON Schema says with a union.
 * GitHub writes `oneOf` even where two variants overlap, and means "any of".
 */
function modernise(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(modernise);
	if (typeof node !== "object" || node === null) return node;
	const { nullable, ...rest } = node as Record<string, unknown>;
	const kept: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(rest))
		kept[key === "oneOf" ? "anyOf" : key] =
			key === "$ref" && typeof value === "string"
				? HOME + value
				: modernise(value);
	if (nullable === true) return { anyOf: [{ type: "null" }, kept] };
	if (typeof nullable === "object") kept.nullable = modernise(nullable);
	return kept;
}

export function createSchemas<Document extends object>(
	source: Document,
): Schemas<Document> {
	const document = modernise(source) as Document & { components: object };
	// Each schema serves a few calls only: compiling fast beats checking fast.
	const ajv = new Ajv2020({
		strict: false,
		allErrors: true,
		inlineRefs: false,
		code: { optimize: false },
	});
	formats.default(ajv);
	for (const name of LOOSE) ajv.addFormat(name, true);
	// A bot's address has brackets in it, which the usual rule forbids.
	ajv.addFormat("email", /^\S+@\S+$/);
	ajv.addSchema({ $id: HOME, components: document.components });
	// Compiled on first use: a whole description at once takes far longer than
	// the few schemas that one session needs.
	const compiled = new WeakMap<Schema, ValidateFunction>();

	return {
		document,
		follow(node) {
			let here: object = node;
			while ("$ref" in here && typeof here.$ref === "string") {
				const path = here.$ref.replace(/^.*#\//, "").split("/");
				here = path.reduce(
					(at, key) => (at as Record<string, object>)[key] as object,
					document as object,
				);
			}
			return here as typeof node;
		},
		faults(schema, value) {
			let validate = compiled.get(schema);
			if (!validate) {
				validate = ajv.compile(schema);
				compiled.set(schema, validate);
			}
			if (validate(value)) return [];
			return (validate.errors ?? []).slice(0, 8).map((error) => {
				const extra = error.params.additionalProperty ?? "";
				const allowed = error.params.allowedValues?.join(", ") ?? "";
				return `${error.instancePath || "/"} ${error.message} ${extra}${allowed}`.trim();
			});
		},
	};
}
