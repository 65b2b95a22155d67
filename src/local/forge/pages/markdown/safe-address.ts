const NAMED: Record<string, string> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	colon: ":",
	tab: "\t",
	newline: "\n",
};

/** What a browser reads when the address stands in an attribute. */
function decode(text: string): string {
	return text.replace(
		/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));?/gi,
		(found, decimal, hex, name) => {
			if (name) return NAMED[name.toLowerCase()] ?? found;
			const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
			return code <= 0x10ffff ? String.fromCodePoint(code) : found;
		},
	);
}

/** The address of a link that only leads somewhere, or null: no link at all. */
export function safeAddress(href: string): string | null {
	const address = decode(href).replace(/[\0-\x20\x7f]/g, "");
	const scheme = /^([^/?#:]*):/.exec(address)?.[1];
	if (scheme === undefined) return address;
	return /^(?:https?|mailto)$/i.test(scheme) ? address : null;
}
