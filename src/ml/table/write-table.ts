/** A delimited file (RFC 4180 quoting) with a header line. */
export function writeDelimited(
	columns: readonly string[],
	rows: readonly (readonly string[])[],
	delimiter = ",",
	encoding: "utf8" | "latin1" = "utf8",
): Uint8Array {
	const unsafe = new RegExp(`["\\r\\n${delimiter}]|^\\s|\\s$`);
	const cell = (value: string) =>
		unsafe.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
	const lines = [columns, ...rows].map((row) => row.map(cell).join(delimiter));
	return new Uint8Array(Buffer.from(`${lines.join("\n")}\n`, encoding));
}
