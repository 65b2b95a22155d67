// What one file imports, by the module it comes from: each module is looked up
// once, however often it is named.
import type { Import } from "./facts.ts";
import type { ModuleIndex } from "./module-index.ts";

export interface Source extends Pick<Import, "module" | "level"> {
	/** The module's own file; undefined when it is not of the repository. */
	readonly file: string | undefined;
	/** What is taken from it, and how often. */
	readonly names: Map<string, number>;
	/** How often it is imported as a whole. */
	whole: number;
}

export interface Sources {
	readonly all: readonly Source[];
	readonly byName: ReadonlyMap<string, readonly Source[]>;
	/** Files all of whose names are taken. */
	readonly stars: readonly string[];
}

export function sourcesOf(
	path: string,
	imports: readonly Import[],
	index: ModuleIndex,
): Sources {
	const sources = new Map<string, Source>();
	for (const one of imports) {
		const key = `${one.level} ${one.module}`;
		let source = sources.get(key);
		if (!source) {
			const { module, level } = one;
			const file = index.module(path, one);
			source = { module, level, file, names: new Map(), whole: 0 };
			sources.set(key, source);
		}
		if (one.names.length === 0) source.whole++;
		for (const name of one.names)
			source.names.set(name, (source.names.get(name) ?? 0) + 1);
	}
	const all = [...sources.values()];
	const byName = new Map<string, Source[]>();
	const stars = new Set<string>();
	for (const source of all)
		for (const name of source.names.keys()) {
			const known = byName.get(name);
			if (name === "*") {
				if (source.file && source.file !== path) stars.add(source.file);
			} else if (known) known.push(source);
			else byName.set(name, [source]);
		}
	return { all, byName, stars: [...stars] };
}
