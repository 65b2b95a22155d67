const VOID = new Set(["br", "hr", "input"]);

/**
 * Closes what was left open and drops what closes nothing, so that no text can
 * reach beyond its own box. Must be given markup whose attributes hold no ">".
 */
export function balance(markup: string): string {
	const open: string[] = [];
	const out = markup.replace(
		/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g,
		(tag, slash: string, name: string) => {
			if (VOID.has(name)) return slash ? "" : tag;
			if (!slash) {
				open.push(name);
				return tag;
			}
			const at = open.lastIndexOf(name);
			return at < 0 ? "" : close(open.splice(at));
		},
	);
	return out + close(open);
}

function close(names: readonly string[]): string {
	return names
		.toReversed()
		.map((name) => `</${name}>`)
		.join("");
}
