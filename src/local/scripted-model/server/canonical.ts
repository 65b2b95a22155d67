import { createHash } from "node:crypto";

// What a client may add, drop or move without changing what is said.
const SILENT = new Set(["cache_control", "caller"]);

/**
 * One text for all JSON that means the same: keys sorted; nulls, cache marks
 * and `is_error: false` left out; a bare string content written as a block.
 */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const said = Object.entries(value)
		.filter(([key, v]) => v !== null && v !== undefined && !SILENT.has(key))
		.filter(([key, v]) => !(key === "is_error" && v === false))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, v]) => `${JSON.stringify(key)}:${canonical(spelled(key, v))}`);
	return `{${said.join(",")}}`;
}

function spelled(key: string, value: unknown): unknown {
	const isText = key === "content" && typeof value === "string";
	return isText ? [{ type: "text", text: value }] : value;
}

export function digestOf(value: unknown): string {
	return createHash("sha256").update(canonical(value)).digest("hex");
}
