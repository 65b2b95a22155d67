// Digests people approve: sha256 over canonical JSON, the first 8 hex digits shown.
import { createHash } from "node:crypto";

/** JSON with sorted keys, so that equal values have equal text (RFC 8785 for our value range). */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
	if (value && typeof value === "object") {
		const fields = Object.entries(value)
			.filter(([, field]) => field !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
		return `{${fields.join(",")}}`;
	}
	return JSON.stringify(value) ?? "null";
}

export const sha256 = (bytes: string | Uint8Array) =>
	createHash("sha256").update(bytes).digest("hex");

export const digestOf = (value: unknown) => sha256(canonicalJson(value));

export const shortDigest = (digest: string) => digest.slice(0, 8);

/** Whether what a person typed names this digest: at least its first 8 hex digits. */
export const namesDigest = (typed: string, digest: string) =>
	isDigest(typed) && digest.startsWith(typed.toLowerCase());

export const isDigest = (typed: string) => /^[0-9a-f]{8,64}$/i.test(typed);
