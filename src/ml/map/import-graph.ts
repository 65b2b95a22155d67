// Who imports whom, with names followed through packages to where they are
// defined, and what comes from outside.
import { isPackageFile } from "./file-kind.ts";
import { type Source, type Sources, sourcesOf } from "./import-sources.ts";
import { ModuleIndex } from "./module-index.ts";
import type { Pace } from "./pace.ts";
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

/** What is not followed when the time is over is missing from the graph. */
export async function readImports(
	files: readonly KnownFile[],
	pace: Pace,
): Promise<ImportGraph> {
	const modules = files.filter(({ kind }) => kind === "py");
	const index = new ModuleIndex(modules.map(({ path }) => path));
	const sources = new Map<string, Sources>();
	for (const { path, facts } of files) {
		if (pace.isOver()) break;
		sources.set(path, sourcesOf(path, facts.imports, index));
		await pace.rest();
	}
	const find = definitionFinder(files, sources, index, pace);
	const edges = new Map<string, Map<string, number>>();
	const importers = new Map<string, Set<string>>();
	for (const { path } of files) {
		const weight = isPackageFile(path) ? PASSED_ON : 1;
		const mine = new Map<string, number>();
		edges.set(path, mine);
		for (const source of sources.get(path)?.all ?? []) {
			let isInside = false;
			for (const [target, count] of targetsOf(path, source, index, find)) {
				await pace.rest();
				if (!target) continue;
				isInside = true;
				if (target !== path)
					mine.set(target, (mine.get(target) ?? 0) + weight * count);
			}
			if (isInside || source.level > 0) continue;
			const [top = ""] = source.module.split(".", 1);
			const known = importers.get(top) ?? new Set();
			importers.set(top, known.add(path));
		}
	}
	const outside = new Map(
		[...importers].map(([name, paths]) => [name, paths.size]),
	);
	return { index, edges, outside, find };
}

/** Files, and how often each is meant; undefined for what is outside. */
function* targetsOf(
	path: string,
	source: Source,
	index: ModuleIndex,
	find: ImportGraph["find"],
): Generator<[string | undefined, number]> {
	const { file, names, whole } = source;
	if (whole > 0) yield [file, whole];
	for (const [name, count] of names) {
		const sub = index.submodule(path, source, name);
		yield [sub ?? (file && (find(file, name) ?? file)), count];
	}
}

function definitionFinder(
	files: readonly KnownFile[],
	sources: ReadonlyMap<string, Sources>,
	index: ModuleIndex,
	pace: Pace,
): ImportGraph["find"] {
	const defined = new Map(
		files.map(({ path, facts }) => [
			path,
			new Set([...facts.classes, ...facts.functions].map(({ name }) => name)),
		]),
	);
	const known = new Map<string, Map<string, string | undefined>>();
	const follow = (
		path: string,
		name: string,
		hops: number,
	): string | undefined => {
		if (defined.get(path)?.has(name)) return path;
		const here = known.get(path) ?? new Map<string, string | undefined>();
		if (here.has(name)) return here.get(name);
		if (pace.isOver()) return undefined;
		// Packages import each other in circles.
		known.set(path, here.set(name, undefined));
		const found = hops < MOST_HOPS ? through(path, name, hops) : undefined;
		here.set(name, found);
		return found;
	};
	const through = (path: string, name: string, hops: number) => {
		const { byName, stars } = sources.get(path) ?? {};
		for (const source of byName?.get(name) ?? []) {
			const sub = index.submodule(path, source, name);
			if (sub) return sub;
			const { file } = source;
			if (file && file !== path) return follow(file, name, hops + 1) ?? file;
		}
		for (const file of stars ?? []) {
			const found = follow(file, name, hops + 1);
			if (found) return found;
		}
		return undefined;
	};
	return (path, name) => follow(path, name, 0);
}
