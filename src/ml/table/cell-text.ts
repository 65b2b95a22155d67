// A typed value as a text file of the same table would have it.

const LONGEST = 1_000;

export function cellText(value: unknown): string {
	if (value === null || value === undefined) return "";
	if (value instanceof Date) return dateText(value);
	if (value instanceof Uint8Array) return `(${value.length} bytes)`;
	if (typeof value !== "object") return String(value).slice(0, LONGEST);
	return JSON.stringify(value, (_, inner: unknown) => plain(inner)).slice(
		0,
		LONGEST,
	);
}

function plain(inner: unknown): unknown {
	if (typeof inner === "bigint") return String(inner);
	if (inner instanceof Uint8Array) return cellText(inner);
	return inner;
}

function dateText(date: Date): string {
	if (Number.isNaN(date.getTime())) return "";
	const text = date.toISOString();
	return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}
