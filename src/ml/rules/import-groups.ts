// Files that import each other, directly or not, belong together; the others can
// be looked at one after the other, so that memory is that of the largest group.
// A group that is too large for that is cut: what is called across the cut is not
// followed, and all else is found as before.
import { findModule } from "../python/repository.ts";

/** Below this all belong together: what one file calls the label another may only sum up. */
const SMALL = 1_000_000;
/** Syntax trees take some forty times their text. */
const LARGEST = 500_000;

export function importGroups(
	files: ReadonlyMap<string, string>,
): ReadonlyMap<string, string>[] {
	let size = 0;
	for (const source of files.values()) size += source.length;
	if (size <= SMALL) return files.size ? [files] : [];
	const parents = new Map<string, string>();
	const imports = new Map<string, string[]>();
	const rootOf = (path: string): string => {
		let root = path;
		while (parents.has(root)) root = parents.get(root) as string;
		if (root !== path) parents.set(path, root);
		return root;
	};
	const byName = filesByName(files.keys());
	for (const [path, source] of files)
		for (const { name, dots } of importedIn(source)) {
			const last = name.split(".").at(-1) ?? "";
			const found = findModule(byName.get(last) ?? [], path, name, dots);
			if (!found) continue;
			imports.set(path, [...(imports.get(path) ?? []), found]);
			if (rootOf(found) !== rootOf(path))
				parents.set(rootOf(found), rootOf(path));
		}
	const groups = Map.groupBy(files, ([path]) => rootOf(path));
	return [...groups.values()].flatMap((group) =>
		cut(callersFirst(new Map(group), imports)),
	);
}

/** From those that nobody imports on, each file followed by what it imports. */
function callersFirst(
	group: ReadonlyMap<string, string>,
	imports: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
	const paths = [...group.keys()].reverse();
	const imported = new Set(paths.flatMap((path) => imports.get(path) ?? []));
	// The last one is taken first.
	const open = [
		...paths.filter((path) => imported.has(path)),
		...paths.filter((path) => !imported.has(path)),
	];
	const ordered = new Map<string, string>();
	for (let path = open.pop(); path !== undefined; path = open.pop()) {
		if (ordered.has(path)) continue;
		ordered.set(path, group.get(path) ?? "");
		open.push(...(imports.get(path) ?? []).toReversed());
	}
	return ordered;
}

function cut(group: ReadonlyMap<string, string>): Map<string, string>[] {
	const pieces: Map<string, string>[] = [];
	let room = 0;
	for (const [path, source] of group) {
		if (source.length > room || !pieces.length) {
			pieces.push(new Map());
			room = LARGEST;
		}
		pieces.at(-1)?.set(path, source);
		room -= source.length;
	}
	return pieces;
}

/** `a/b.py` and `a/b/__init__.py` both go by the name of b. */
function filesByName(paths: Iterable<string>): Map<string, string[]> {
	const byName = new Map<string, string[]>();
	for (const path of paths) {
		const name =
			path
				.replace(/(\/__init__)?\.py$/, "")
				.split("/")
				.at(-1) ?? "";
		byName.set(name, [...(byName.get(name) ?? []), path]);
	}
	return byName;
}

const IMPORT =
	/^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]{0,4000}\)|[^\n#]{0,4000})|import[ \t]+([^\n#]{1,4000}))/gm;

/** From the text alone; too many do no harm. */
function importedIn(source: string): { name: string; dots: number }[] {
	return [...source.matchAll(IMPORT)].flatMap(
		([, leading = "", from = "", names = "", plain = ""]) => {
			const dots = leading.length;
			if (plain) return wordsOf(plain).map((name) => ({ name, dots: 0 }));
			const inner = wordsOf(names).map((name) => ({
				name: from ? `${from}.${name}` : name,
				dots,
			}));
			return from ? [{ name: from, dots }, ...inner] : inner;
		},
	);
}

const wordsOf = (list: string): string[] =>
	list
		.split(",")
		.flatMap((item) => /[A-Za-z_][\w.]*/.exec(item)?.[0] ?? [])
		.slice(0, 200);
