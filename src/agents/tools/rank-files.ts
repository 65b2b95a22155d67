import { mapOf } from "../../ml/map/map.ts";
import type { Tree } from "../../workspace/tree.ts";

/** How much stands on a file, by the map; 0 for what is no Python. An edit does not make the map anew. */
export async function rankFiles(tree: Tree): Promise<(path: string) => number> {
	const { files } = await mapOf(tree.unedited ?? tree);
	const ranks = new Map(files.map(({ path, rank }) => [path, rank]));
	return (path) => ranks.get(path) ?? 0;
}
