// The numbers at the head of the map.
import type { MapFile, MlMap } from "./ml-map.ts";
import { FRAMEWORKS } from "./tables/frameworks.ts";

type Summary = Pick<MlMap, "totals" | "frameworks" | "dirs">;

export function summarise(
	paths: readonly string[],
	files: readonly MapFile[],
	skipped: MlMap["totals"]["skipped"],
	outside: ReadonlyMap<string, number>,
): Summary {
	const modules = files.filter(({ kind }) => kind === "py");
	const notebooks = files.filter(({ kind }) => kind === "ipynb");
	return {
		totals: {
			files: paths.length,
			py: modules.length,
			pyLoc: linesOf(modules),
			tests: files.filter(({ isTest }) => isTest).length,
			notebooks: notebooks.length,
			nbCodeLoc: linesOf(notebooks),
			syntaxErrors: files.filter(({ hasSyntaxError }) => hasSyntaxError).length,
			skipped,
		},
		frameworks: frameworksOf(outside),
		dirs: dirsOf(files),
	};
}

const linesOf = (files: readonly MapFile[]) =>
	files.reduce((sum, { loc }) => sum + loc, 0);

function frameworksOf(
	outside: ReadonlyMap<string, number>,
): MlMap["frameworks"] {
	const counts = new Map<string, number>();
	for (const [module, files] of outside) {
		if (!Object.hasOwn(FRAMEWORKS, module)) continue;
		const name = FRAMEWORKS[module] ?? module;
		counts.set(name, (counts.get(name) ?? 0) + files);
	}
	return [...counts]
		.map(([name, files]) => ({ name, files }))
		.sort((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1));
}

/** Two levels deep, those first where most of the work is done. */
function dirsOf(files: readonly MapFile[]): MlMap["dirs"] {
	const groups = Map.groupBy(files, ({ path }) => {
		const folders = path.split("/").slice(0, -1);
		return folders.slice(0, 2).join("/") || ".";
	});
	return [...groups]
		.map(([path, inside]) => ({
			path,
			files: inside.length,
			loc: linesOf(inside),
			rank: inside.reduce((sum, { rank }) => sum + rank, 0),
		}))
		.sort((a, b) => b.rank - a.rank)
		.map(({ rank: _, ...dir }) => dir);
}
