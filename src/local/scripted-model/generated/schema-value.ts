// Values that satisfy a JSON Schema and, where it names a format of ours, the repository.
import { samplePattern } from "./pattern-sample.ts";
import type { Place, Places } from "./places.ts";

export interface Schema {
	type?: string | string[];
	format?: string;
	description?: string;
	const?: unknown;
	enum?: unknown[];
	default?: unknown;
	anyOf?: Schema[];
	oneOf?: Schema[];
	allOf?: Schema[];
	$ref?: string;
	$defs?: Record<string, Schema>;
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	prefixItems?: Schema[];
	minItems?: number;
	maxItems?: number;
	minLength?: number;
	maxLength?: number;
	pattern?: string;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number;
	exclusiveMaximum?: number;
	multipleOf?: number;
}

export interface Known extends Places {
	/** Who writes about what: makes texts and new paths differ between agents. */
	topic: string;
	/** How often this was tried before: another try says something else. */
	attempt: number;
}

/** Where in the value the filler stands. */
interface Spot {
	name: string;
	/** Index within the innermost array. */
	index: number;
	/** What path, line and quote of one object agree on. */
	place?: Place | undefined;
}

export function fillSchema(schema: Schema, known: Known): unknown {
	return new Filler(schema, known).fill(schema, { name: "value", index: 0 });
}

class Filler {
	readonly #root: Schema;
	readonly #known: Known;
	#placesUsed = 0;
	#newPaths = 0;

	constructor(root: Schema, known: Known) {
		this.#root = root;
		this.#known = known;
	}

	fill(given: Schema, spot: Spot): unknown {
		const schema = this.#resolved(given);
		if ("const" in schema) return schema.const;
		if (schema.enum) return this.#oneOf(schema.enum, spot);
		const choices = schema.anyOf ?? schema.oneOf;
		if (choices) return this.fill(choices[0] ?? {}, spot);
		switch ([schema.type].flat()[0]) {
			case "object":
				return this.#object(schema, spot);
			case "array":
				return this.#array(schema, spot);
			case "integer":
			case "number":
				return this.#number(schema, spot);
			case "boolean":
				return false;
			case "null":
				return null;
			default:
				return this.#string(schema, spot);
		}
	}

	#resolved(schema: Schema): Schema {
		const name = schema.$ref?.split("/").at(-1);
		const target = name === undefined ? {} : (this.#root.$defs?.[name] ?? {});
		const parts = (schema.allOf ?? []).map((part) => this.#resolved(part));
		return Object.assign({}, target, ...parts, schema);
	}

	/** A value that the assignment's own name mentions, or one by position. */
	#oneOf(values: unknown[], { index }: Spot): unknown {
		const named = values.find(
			(value) => typeof value === "string" && this.#known.topic.includes(value),
		);
		return named ?? values[(index + this.#known.attempt) % values.length];
	}

	#object(schema: Schema, spot: Spot): unknown {
		const properties = schema.properties ?? {};
		const path = Object.values(properties)
			.map((property) => this.#resolved(property))
			.find((property) => property.format === "repository-path");
		const place = path ? this.#nextPlace(path) : spot.place;
		return Object.fromEntries(
			(schema.required ?? []).map((name) => [
				name,
				this.fill(properties[name] ?? {}, { ...spot, name, place }),
			]),
		);
	}

	/** A file of the kind the description asks for, if one is known. */
	#nextPlace({ description = "" }: Schema): Place | undefined {
		const { paths, places, attempt } = this.#known;
		const kinds = description.match(/\b(csv|tsv|jsonl|parquet)\b/gi) ?? [];
		const table = paths.find((path) =>
			kinds.some((kind) => path.endsWith(`.${kind.toLowerCase()}`)),
		);
		const at = this.#placesUsed++ + attempt;
		const place = places[at % places.length];
		const path = table ?? place?.path ?? paths[at % paths.length];
		if (path === undefined || path === place?.path) return place;
		return { path, line: 1, quote: place?.quote ?? "" };
	}

	#array(schema: Schema, spot: Spot): unknown[] {
		if (schema.prefixItems)
			return schema.prefixItems.map((item) => this.fill(item, spot));
		const atLeast = mayBeEmpty(schema) ? 0 : Math.min(1, schema.maxItems ?? 1);
		const length = Math.max(schema.minItems ?? 0, atLeast);
		return Array.from({ length }, (_, index) =>
			this.fill(schema.items ?? {}, { ...spot, index }),
		);
	}

	/** Within narrow bounds high, else low; never twice the same in one array. */
	#number(schema: Schema, { index, place }: Spot): number {
		const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : 0);
		const gap = step || 1e-6;
		const low = Math.max(
			schema.minimum ?? Number.NEGATIVE_INFINITY,
			(schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY) + gap,
		);
		const high = Math.min(
			schema.maximum ?? Number.POSITIVE_INFINITY,
			(schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY) - gap,
		);
		const within = (n: number) => Math.min(high, Math.max(low, n));
		if (schema.format === "line-number") return within(place?.line ?? 1);
		const wanted =
			high - low <= 1_000
				? within(high - index)
				: within(Math.max(low, 0) + index);
		if (step === 0) return wanted;
		const down = Math.floor(wanted / step) * step;
		return down < low ? Math.ceil(wanted / step) * step : down;
	}

	#string(schema: Schema, spot: Spot): string {
		switch (schema.format) {
			case "repository-path":
				return spot.place?.path ?? this.#known.paths[0] ?? "README.md";
			case "new-repository-path":
				return this.#newPath(schema);
			case "quote":
				return (spot.place?.quote || "import").slice(0, schema.maxLength);
			case "date":
				return "2026-01-31";
			case "date-time":
				return "2026-01-31T12:00:00Z";
			case "uri":
				return "https://example.com/";
			case "email":
				return "alice@example.com";
			case "uuid":
				return "123e4567-e89b-42d3-a456-426614174000";
		}
		if (mayBeEmpty(schema)) return "";
		if (schema.pattern)
			return samplePattern(
				schema.pattern,
				spot.index + this.#known.attempt,
				schema,
			);
		return fitted(this.#words(spot), schema);
	}

	#words({ name, index }: Spot): string {
		const count = index + this.#known.attempt + 1;
		return `Generated ${name.replaceAll("_", " ")} ${count} for ${this.#known.topic}`;
	}

	/** A path nobody has, readable where the pattern lets it be. */
	#newPath(schema: Schema): string {
		const slug = this.#known.topic.replaceAll(/[^A-Za-z0-9]+/g, "-");
		const pattern = new RegExp(schema.pattern ?? "");
		for (;;) {
			const n = ++this.#newPaths + this.#known.attempt;
			const readable = `generated/${slug}-${n}.md`;
			const path =
				pattern.test(readable) && readable === fitted(readable, schema)
					? readable
					: samplePattern(schema.pattern ?? "", n, schema);
			if (!this.#known.paths.includes(path)) return path;
		}
	}
}

/** Where the description offers emptiness, it is the harmless choice. */
const mayBeEmpty = ({
	description = "",
	minItems = 0,
	minLength = 0,
}: Schema) =>
	/\b(may be empty|empty if none)\b/i.test(description) &&
	minItems + minLength === 0;

/** As long as it must and as short as it need be, without blanks at the ends. */
function fitted(words: string, { minLength = 0, maxLength }: Schema): string {
	const short = words.slice(0, maxLength).trim();
	return short.padEnd(minLength, " and so on").replace(/ $/, ".");
}
