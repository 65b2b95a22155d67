// What an import statement brings in, and under which names.
import type { Import } from "./facts.ts";

/** Of one statement; no person writes more in a file. */
export const MOST_NAMES = 5_000;
/** A module's, and one of its names'. */
const LONGEST = 200;

/** Adds to `aliases`; `text` is one whole statement. */
export function readImport(
	text: string,
	line: number,
	aliases: Record<string, string>,
): Import[] {
	const plain = text
		.replace(/#[^\n]*/g, "")
		.replace(/[\\\n\r\t]+/g, " ")
		.trim();
	return plain.startsWith("from")
		? readFrom(plain, line, aliases)
		: readPlain(plain.replace(/^import\s*/, ""), line, aliases);
}

function readFrom(
	plain: string,
	line: number,
	aliases: Record<string, string>,
): Import[] {
	const at = plain.search(/\bimport\b/);
	const source = plain.slice("from".length, at).replaceAll(" ", "");
	// It would be written once more with each of its names.
	if (source.length > LONGEST) return [];
	const [dots = ""] = /^\.*/.exec(source) ?? [];
	const module = source.slice(dots.length);
	const list = plain.slice(at + "import".length).replace(/[()]/g, " ");
	const names: string[] = [];
	for (const { name, alias } of items(list)) {
		names.push(name);
		if (name !== "*") aliases[alias] = `${dots}${module}.${name}`;
	}
	return [{ module, level: dots.length, names, line }];
}

function readPlain(
	list: string,
	line: number,
	aliases: Record<string, string>,
): Import[] {
	return items(list).map(({ name, alias }) => {
		const [first = name] = name.split(".");
		if (alias === name) aliases[first] = first;
		else aliases[alias] = name;
		return { module: name, level: 0, names: [], line };
	});
}

function items(list: string): { name: string; alias: string }[] {
	return list.split(",", MOST_NAMES).flatMap((item) => {
		const found = /^\s*([\w.]+|\*)(?:\s+as\s+(\w+))?/.exec(item);
		const [, name = "", alias = name] = found ?? [];
		return name && name.length + alias.length <= 2 * LONGEST
			? [{ name, alias }]
			: [];
	});
}

/** The name with its first part resolved: `nn.Linear` is `torch.nn.Linear`. */
export function canonicalName(
	name: string,
	aliases: Readonly<Record<string, string>>,
): string {
	const dot = name.indexOf(".");
	const first = dot < 0 ? name : name.slice(0, dot);
	const known = Object.hasOwn(aliases, first) ? aliases[first] : undefined;
	return known ? known + name.slice(first.length) : name;
}
