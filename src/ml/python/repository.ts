// The Python files of a repository, parsed, and how their imports find each other.
import type { PyNode } from "./node.ts";
import { parsePython } from "./parser.ts";

export interface PythonRepository {
	/** Repository path to syntax tree, in order of path. */
	readonly modules: ReadonlyMap<string, PyNode>;
	/** Files that were not looked at, and why. */
	readonly skipped: readonly { path: string; why: string }[];
}

const LARGEST = 1_000_000;
/** Of all files together; a syntax tree takes some forty times its text. */
const LARGEST_TOGETHER = 6_000_000;
const FILE_MILLISECONDS = 1_000;
const ALL_MILLISECONDS = 20_000;

/** Tests show what may happen, not what the pipeline does. */
const TEST_FILE =
	/(^|\/)(tests?|testing)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.(py|ipynb)$/;

export async function readRepository(
	files: ReadonlyMap<string, string>,
): Promise<PythonRepository> {
	const modules = new Map<string, PyNode>();
	const skipped: { path: string; why: string }[] = [];
	const end = performance.now() + ALL_MILLISECONDS;
	let size = 0;
	for (const path of [...files.keys()].sort()) {
		const source = files.get(path) ?? "";
		if (!/\.(py|ipynb)$/.test(path) || TEST_FILE.test(path)) continue;
		if (source.length > LARGEST) skipped.push({ path, why: "over 1 MB" });
		else if (size + source.length > LARGEST_TOGETHER)
			skipped.push({ path, why: "over 6 MB in all files" });
		else if (performance.now() > end)
			skipped.push({ path, why: "the time for all files was over" });
		else {
			const root = await parsePython(source, FILE_MILLISECONDS);
			size += source.length;
			if (root) modules.set(path, root);
			else skipped.push({ path, why: "parsing took over a second" });
		}
	}
	return { modules, skipped };
}

/**
 * The file a module name means, seen from `importer`; undefined for modules
 * outside of the repository. `dots` is the number of leading dots.
 */
export function findModule(
	paths: Paths,
	importer: string,
	name: string,
	dots: number,
): string | undefined {
	const parts = name ? name.split(".") : [];
	const folder = importer.split("/").slice(0, -1);
	const endings = (base: readonly string[]) => {
		const stem = [...base, ...parts].join("/");
		return [`${stem}.py`, `${stem ? `${stem}/` : ""}__init__.py`];
	};
	const { known, named } = indexOf(paths);
	if (dots > 0) {
		const base = folder.slice(0, folder.length - (dots - 1));
		return endings(base).find((path) => known.has(path));
	}
	if (!parts.length) return undefined;
	// As Python does from the script's folder, the root, or a folder like src/.
	const exact = [...endings(folder), ...endings([])].find((path) =>
		known.has(path),
	);
	if (exact) return exact;
	const matches = endings([]).flatMap((path) => {
		const name = path.slice(path.lastIndexOf("/") + 1);
		return (named.get(name) ?? []).filter((it) => it.endsWith(`/${path}`));
	});
	return matches.length === 1 ? matches[0] : undefined;
}

/** Paths, or what stands at them. */
type Paths = ReadonlyMap<string, unknown> | readonly string[];

interface ModuleIndex {
	readonly known: ReadonlySet<string>;
	/** By the last part of the path. */
	readonly named: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<object, ModuleIndex>();

/** Made once for a repository: its imports are many. */
function indexOf(paths: Paths): ModuleIndex {
	const made = indexes.get(paths);
	if (made) return made;
	const known = new Set(Array.isArray(paths) ? paths : paths.keys());
	const named = Map.groupBy(known, (path) =>
		path.slice(path.lastIndexOf("/") + 1),
	);
	const index = { known, named };
	indexes.set(paths, index);
	return index;
}
