// Which file an import means. Python asks sys.path, which nobody wrote down:
// so a module is known by every ending of its path, and the nearest file wins.
import type { Import } from "./facts.ts";
import { STANDARD_LIBRARY } from "./tables/standard-library.ts";

/** `src/pkg/models/net.py` answers to `net`, `models.net`, `pkg.models.net`… */
const MOST_PARTS = 6;
/** Each import looks at all of them. */
const MOST_NAMESAKES = 400;

export class ModuleIndex {
	readonly #paths: ReadonlySet<string>;
	readonly #byEnding = new Map<string, string[]>();

	constructor(paths: readonly string[]) {
		this.#paths = new Set(paths);
		for (const path of paths) {
			const parts = path.replace(/(\/__init__)?\.py$/, "").split("/");
			const first = Math.max(0, parts.length - MOST_PARTS);
			for (let from = first; from < parts.length; from++) {
				const ending = parts.slice(from).join(".");
				const known = this.#byEnding.get(ending);
				if (known && known.length < MOST_NAMESAKES) known.push(path);
				else if (!known) this.#byEnding.set(ending, [path]);
			}
		}
	}

	/** The file of the module itself. */
	module(
		importer: string,
		one: Pick<Import, "module" | "level">,
	): string | undefined {
		if (one.level > 0) return this.#relative(importer, one, []);
		if (isOfPython(one.module)) return undefined;
		const found = nearest(importer, this.#byEnding.get(one.module));
		return found && isCredible(importer, one.module, found) ? found : undefined;
	}

	/** The file of a name imported from the module, when that is a module too. */
	submodule(
		importer: string,
		one: Pick<Import, "module" | "level">,
		name: string,
	): string | undefined {
		if (one.level > 0) return this.#relative(importer, one, [name]);
		if (isOfPython(one.module)) return undefined;
		return nearest(importer, this.#byEnding.get(`${one.module}.${name}`));
	}

	#relative(
		importer: string,
		{ module, level }: Pick<Import, "module" | "level">,
		more: readonly string[],
	): string | undefined {
		const folder = importer.split("/").slice(0, -level);
		if (level > importer.split("/").length) return undefined;
		const stem = [...folder, ...module.split("."), ...more]
			.filter((part) => part !== "")
			.join("/");
		return [`${stem}.py`, stem ? `${stem}/__init__.py` : "__init__.py"].find(
			(path) => this.#paths.has(path),
		);
	}
}

const isOfPython = (module: string) =>
	STANDARD_LIBRARY.has(module.split(".", 1)[0] ?? "");

/** A single word far away is more likely a library of that name. */
function isCredible(importer: string, module: string, found: string): boolean {
	return (
		module.includes(".") ||
		found.split("/").length <= 2 ||
		found.endsWith("/__init__.py") ||
		folderOf(found) === folderOf(importer)
	);
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);

/** The one that shares the most folders with `from`, then the least deep. */
export function nearest(
	from: string,
	candidates: readonly string[] | undefined,
): string | undefined {
	if (!candidates || candidates.length <= 1) return candidates?.[0];
	const here = from.split("/");
	let best: string | undefined;
	let most = -Infinity;
	for (const candidate of candidates) {
		const there = candidate.split("/");
		let shared = 0;
		while (shared < there.length && there[shared] === here[shared]) shared++;
		const closeness = shared * 100 - there.length;
		if (closeness > most) [best, most] = [candidate, closeness];
	}
	return best;
}
