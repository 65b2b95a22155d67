import type { Schema } from "../../src/local/scripted-model/generated/schema-value.ts";

const SENTENCE =
	"The window ends before the week it speaks of, so no row sees its own value. ";

/** `value` with its free texts drawn out until it has some `characters` as JSON. */
export function lengthen<T>(schema: Schema, value: T, characters: number): T {
	const result = structuredClone(value);
	const places = freeTexts(schema, result);
	for (const { room, put, text } of places) {
		const missing = characters - JSON.stringify(result).length;
		if (missing <= 0) break;
		const more = SENTENCE.repeat(Math.ceil(missing / SENTENCE.length));
		put(`${text} ${more}`.slice(0, Math.min(room, text.length + missing)));
	}
	return result;
}

interface FreeText {
	readonly text: string;
	/** Characters the schema allows. */
	readonly room: number;
	put(text: string): void;
}

/** Texts that no pattern, format or choice binds; the roomiest first. */
function freeTexts(schema: Schema, value: unknown): FreeText[] {
	const found: FreeText[] = [];
	const walk = (at: Schema, holder: Record<string, unknown>, key: string) => {
		const inner = holder[key];
		if (typeof inner === "string" && isFree(at))
			found.push({
				text: inner,
				room: at.maxLength ?? 0,
				put: (text) => {
					holder[key] = text.trim();
				},
			});
		if (typeof inner !== "object" || inner === null) return;
		for (const name of Object.keys(inner))
			walk(
				at.items ?? at.properties?.[name] ?? {},
				inner as Record<string, unknown>,
				name,
			);
	};
	walk(schema, { value }, "value");
	return found.sort((a, b) => b.room - a.room);
}

const isFree = ({ maxLength = 0, format, pattern, enum: choice }: Schema) =>
	maxLength >= 200 && !format && !pattern && !choice;
