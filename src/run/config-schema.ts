// The configuration's JSON Schema: for editors, and for saying what was expected.
import { z } from "zod";
import { Config } from "./config.ts";

export interface Shape {
	readonly type?: string;
	readonly description?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly default?: unknown;
	readonly minimum?: number;
	readonly exclusiveMinimum?: number;
	readonly maximum?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly properties?: Readonly<Record<string, Shape>>;
	readonly propertyNames?: Shape;
	readonly additionalProperties?: Shape | boolean;
	readonly items?: Shape;
	readonly anyOf?: readonly Shape[];
}

export const CONFIG_SCHEMA = {
	...z.toJSONSchema(Config, { io: "input" }),
	title: ".github/modelwright.yml",
} as Shape;

/** As it is published. */
export const schemaText = () => `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`;

/** The part of the schema that speaks of the value at `path`. */
export function shapeAt(path: readonly PropertyKey[]): Shape {
	let shape = CONFIG_SCHEMA;
	for (const key of path) {
		const map = asMap(shape);
		const { additionalProperties: others } = map;
		shape =
			map.properties?.[String(key)] ??
			(typeof others === "object" ? others : map.items) ??
			{};
	}
	return shape;
}

/** The keys that a map of this shape may have; empty when it is no map. */
export function keysOf(shape: Shape): string[] {
	const { properties, propertyNames } = asMap(shape);
	return properties
		? Object.keys(properties)
		: (propertyNames?.enum ?? []).map(String);
}

const asMap = (shape: Shape): Shape =>
	shape.anyOf?.find(({ type }) => type === "object") ?? shape;

/** "a number above 0 and at most 10000": what a value has to be, for people. */
export function expectationOf(shape: Shape): string {
	if (shape.anyOf) return shape.anyOf.map(expectationOf).join(", or ");
	if (shape.const !== undefined) return `\`${shape.const}\``;
	if (shape.enum)
		return `one of ${shape.enum.map((value) => `\`${value}\``).join(", ")}`;
	switch (shape.type) {
		case "object":
			return `a map with ${keysOf(shape)
				.map((key) => `\`${key}\``)
				.join(", ")}`;
		case "array":
			return "a list";
		case "boolean":
			return "`true` or `false`";
		case "string":
			return shape.maxLength
				? `text of ${shape.minLength ? `${shape.minLength} to` : "at most"} ${shape.maxLength} characters`
				: "text";
		default:
			return [
				shape.type === "integer" ? "a whole number" : "a number",
				[
					...(shape.exclusiveMinimum === undefined
						? []
						: [`above ${shape.exclusiveMinimum}`]),
					...(shape.minimum === undefined ? [] : [`from ${shape.minimum}`]),
					...(shape.maximum === undefined
						? []
						: [
								`${shape.minimum === undefined ? "at most" : "to"} ${shape.maximum}`,
							]),
				].join(shape.minimum === undefined ? " and " : " "),
			].join(" ");
	}
}
