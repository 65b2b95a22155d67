// Configurations that name classes to build (`_target_:` of Hydra,
// `class_path:` of Lightning): links that no import statement shows.
import type { Tree } from "../../workspace/tree.ts";
import { LEFT_OUT } from "./file-kind.ts";
import type { ModuleIndex } from "./module-index.ts";
import type { Pace } from "./pace.ts";

const LARGEST = 200_000;
const MOST = 2_000;

/** How many configurations name each Python file. */
export async function readConfigs(
	tree: Tree,
	index: ModuleIndex,
	pace: Pace,
): Promise<Map<string, number>> {
	const named = new Map<string, number>();
	const paths = (await tree.paths())
		.filter((path) => /\.ya?ml$/.test(path) && !LEFT_OUT.test(path))
		.slice(0, MOST);
	for (const path of paths) {
		if (pace.isOver()) break;
		const text = (await tree.text(path)) ?? "";
		if (text.length > LARGEST) continue;
		const modules = new Set<string>();
		for (const [, name = ""] of text.matchAll(
			/(?:_target_|class_path)["']?[ \t]*:[ \t]*["']?([\w.]{1,200})/g,
		))
			modules.add(name.slice(0, Math.max(0, name.lastIndexOf("."))));
		const targets = new Set<string>();
		for (const module of modules) {
			const target = index.module(path, { module, level: 0 });
			if (target) targets.add(target);
		}
		for (const target of targets)
			named.set(target, (named.get(target) ?? 0) + 1);
	}
	return named;
}
