// The ML map of a repository: read once per tree, from facts kept by content.
import type { Tree } from "../../workspace/tree.ts";
import { readClassRoles } from "./class-roles.ts";
import {
	isAuxPath,
	isConfigPath,
	isProjectFile,
	isTestPath,
	LEFT_OUT,
} from "./file-kind.ts";
import { readRoles } from "./file-roles.ts";
import { readImports } from "./import-graph.ts";
import type { MapFile, MlMap } from "./ml-map.ts";
import { Pace } from "./pace.ts";
import { pageRank } from "./page-rank.ts";
import { readConfigs } from "./read-configs.ts";
import { READ_LIMITS, type ReadLimits, readFacts } from "./read-facts.ts";
import { startOf } from "./start.ts";
import { summarise } from "./summary.ts";

const NOT_ALL_LINKS = {
	path: ".",
	why: "the time for links between files was over",
};

const maps = new WeakMap<Tree, Promise<MlMap>>();

export interface MapOptions {
	readonly limits?: ReadLimits;
}

/** Must not throw for anything that stands in the tree. A tree never changes, so its map is remembered. */
export function mapOf(tree: Tree, options: MapOptions = {}): Promise<MlMap> {
	const known = maps.get(tree);
	if (known) return known;
	const made = makeMap(tree, options);
	maps.set(tree, made);
	return made;
}

async function makeMap(
	tree: Tree,
	{ limits = READ_LIMITS }: MapOptions,
): Promise<MlMap> {
	const { known, skipped } = await readFacts(tree, limits);
	const pace = new Pace(limits.linkMilliseconds);
	const graph = await readImports(known, pace);
	const classRoles = await readClassRoles(known, graph, pace);
	const named = await readConfigs(tree, graph.index, pace);
	const inDegrees = new Map(named);
	for (const targets of graph.edges.values())
		for (const target of targets.keys())
			inDegrees.set(target, (inDegrees.get(target) ?? 0) + 1);
	const unranked = known.map(({ path, kind, facts }): MapFile => {
		const mine = classRoles.get(path) ?? {};
		return {
			...facts,
			path,
			kind,
			isTest: isTestPath(path),
			isAux: isAuxPath(path),
			inDegree: inDegrees.get(path) ?? 0,
			rank: 0,
			classRoles: mine,
			roles: readRoles(path, facts, mine),
		};
	});
	const ranks = await pageRank(
		unranked.map((file) => ({
			path: file.path,
			start: startOf(file, named.get(file.path) ?? 0),
			passes: file.isTest ? 0.2 : 1,
		})),
		graph.edges,
		pace,
	);
	const files = unranked.map((file) => ({
		...file,
		rank: ranks.get(file.path) ?? 0,
	}));
	const paths = (await tree.paths()).filter((path) => !LEFT_OUT.test(path));
	return {
		commit: tree.sha,
		...summarise(
			paths,
			files,
			pace.isOver() ? [...skipped, NOT_ALL_LINKS] : skipped,
			graph.outside,
		),
		projectFiles: paths.filter(isProjectFile),
		configs: byFolder(paths.filter(isConfigPath)),
		files,
		otherFiles: paths.filter((path) => !/\.(py|ipynb)$/.test(path)),
		riskLeads: files
			.filter(({ isTest }) => !isTest)
			.flatMap(({ path, leads }) => leads.map((lead) => ({ path, ...lead }))),
	};
}

function byFolder(paths: readonly string[]): MlMap["configs"] {
	const folders = Map.groupBy(paths, (path) =>
		path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".",
	);
	return [...folders].map(([dir, files]) => ({
		dir,
		files: files.map((path) => path.slice(path.lastIndexOf("/") + 1)),
	}));
}
