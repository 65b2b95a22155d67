// Who imports whom, with names followed through packages to where they are
// defined, and what comes from outside.
import type { Import } from "./facts.ts";
import { isPackageFile } from "./file-kind.ts";
import { ModuleIndex } from "./module-index.ts";
import type { KnownFile } from "./read-facts.ts";

/** A package passes names on; that its file imports a module says little. */
const PASSED_ON = 0.2;
const MOST_HOPS = 6;

export interface ImportGraph {
	readonly index: ModuleIndex;
	/** Importer to imported, and how strongly. */
	readonly edges: ReadonlyMap<string, ReadonlyMap<string, number>>;
	/** Modules from outside of the repository, and how many files import them. */
	readonly outside: ReadonlyMap<string, number>;
	/** The file that defines what `path` knows as `name`; undefined outside. */
	find(path: string, name: string): string | undefined;
}

export function readImports(files: readonly KnownFile[]): ImportGraph {
	const modules = files.filter(({ kind }) => kind === "py");
	const index = new ModuleIndex(modules.map(({ path }) => path));
	const find = definitionFinder(files, index);
	const edges = new Map<string, Map<string, number>>();
	const importers = new Map<string, Set<string>>();
	for (const { path, facts } of files) {
		const weight = isPackageFile(path) ? PASSED_ON : 1;
		const mine = new Map<string, number>();
		edges.set(path, mine);
		for (const one of facts.imports) {
			const targets = targetsOf(path, one, index, find);
			for (const target of targets)
				if (target !== path) mine.set(target, (mine.get(target) ?? 0) + weight);
			if (targets.length > 0 || one.level > 0) continue;
			const [top = ""] = one.module.split(".", 1);
			const known = importers.get(top) ?? new Set();
			importers.set(top, known.add(path));
		}
	}
	const outside = new Map(
		[...importers].map(([name, paths]) => [name, paths.size]),
	);
	return { index, edges, outside, find };
}

function targetsOf(
	path: string,
	one: Import,
	index: ModuleIndex,
	find: ImportGraph["find"],
): string[] {
	const module = index.module(path, one);
	const named = one.names.flatMap((name) => {
		const sub = index.submodule(path, one, name);
		if (sub) return [sub];
		return module ? [find(module, name) ?? module] : [];
	});
	return named.length > 0 ? named : module ? [module] : [];
}

function definitionFinder(
	files: readonly KnownFile[],
	index: ModuleIndex,
): ImportGraph["find"] {
	const byPath = new Map(files.map((file) => [file.path, file.facts]));
	const defined = new Map(
		files.map(({ path, facts }) => [
			path,
			new Set([...facts.classes, ...facts.functions].map(({ name }) => name)),
		]),
	);
	const known = new Map<string, string | undefined>();
	const follow = (
		path: string,
		name: string,
		hops: number,
	): string | undefined => {
		if (defined.get(path)?.has(name)) return path;
		const key = `${path}\0${name}`;
		if (known.has(key)) return known.get(key);
		// Packages import each other in circles.
		known.set(key, undefined);
		const found = hops < MOST_HOPS ? through(path, name, hops) : undefined;
		known.set(key, found);
		return found;
	};
	const through = (path: string, name: string, hops: number) => {
		for (const one of byPath.get(path)?.imports ?? []) {
			const isNamed = one.names.includes(name);
			if (!isNamed && !one.names.includes("*")) continue;
			const sub = isNamed ? index.submodule(path, one, name) : undefined;
			if (sub) return sub;
			const module = index.module(path, one);
			if (!module || module === path) continue;
			const found = follow(module, name, hops + 1);
			if (found || isNamed) return found ?? module;
		}
		return undefined;
	};
	return (path, name) => follow(path, name, 0);
}
