import { mapOf } from "../../ml/map/map.ts";
import type { Tree } from "../../workspace/tree.ts";

/** How much stands on a file, by the map; 0 for what is no Python. */
export async function rankFiles(tree: Tree): Promise<(path: string) => number> {
	const { files } = await mapOf(tree);
	const ranks = new Map(files.map(({ path, rank }) => [path, rank]));
	return (path) => ranks.get(path) ?? 0;
}
