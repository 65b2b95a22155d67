// The files whose text every agent gets with its first message: all of a small
// repository, the key files of a large one.
import { keyFiles } from "../../ml/map/key-files.ts";
import { mapOf } from "../../ml/map/map.ts";
import { formatOf } from "../../ml/table/table.ts";
import { notebookLines } from "../../workspace/reading/notebook.ts";
import type { Tree } from "../../workspace/tree.ts";
import { fence } from "./untrusted.ts";

/** A repository up to this many characters stands whole: about 20,000 tokens. */
const SMALL_REPOSITORY = 80_000;
/** Of a larger one its key files, as far as they go. */
const MOST_CHARACTERS = 40_000;
/** One file must not crowd out the others. */
const LONGEST_FILE = 30_000;
/** A longer line is data or minified; the whole file is then left to `view`. */
const LONGEST_LINE = 400;
/** A number on every line costs a tenth of the file; every tenth says as much. */
const NUMBERED = 10;

const SOURCE =
	/\.(py|pyi|ipynb|ya?ml|toml|cfg|ini|sh|sql|r|R)$|(^|\/)(Makefile|Dockerfile|requirements[\w.-]*\.txt)$/;
const NOT_THEIRS =
	/(^|\/)(\.?venv|node_modules|site-packages|dist|build)\/|(^|[/.-])lock(\.|$)/;

export interface PackedFiles {
	/** Lines of each file by its path, in the order they are shown. */
	readonly files: ReadonlyMap<string, readonly string[]>;
	/** The whole repository is there, but for data and documents. */
	readonly complete: boolean;
}

const packed = new WeakMap<Tree, Promise<PackedFiles>>();

/** The same for every agent that is shown this tree first. */
export function packedFiles(tree: Tree): Promise<PackedFiles> {
	const known = packed.get(tree) ?? collect(tree);
	packed.set(tree, known);
	return known;
}

async function collect(tree: Tree): Promise<PackedFiles> {
	const sources = (await tree.paths()).filter(isSource);
	const whole = await take(tree, sources, SMALL_REPOSITORY);
	if (whole.complete) return whole;
	const keys = keyFiles(await mapOf(tree)).map(({ path }) => path);
	return { ...(await take(tree, keys, MOST_CHARACTERS)), complete: false };
}

const isSource = (path: string) =>
	SOURCE.test(path) && !NOT_THEIRS.test(path) && !formatOf(path);

/** Files one after the other while there is room; what is no reading matter is left out. */
async function take(
	tree: Tree,
	paths: readonly string[],
	room: number,
): Promise<PackedFiles> {
	const files = new Map<string, readonly string[]>();
	let left = room;
	for (const path of paths) {
		const lines = linesOf(path, await tree.text(path));
		if (!lines) continue;
		const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
		if (length > LONGEST_FILE) continue;
		if (length > left) return { files, complete: false };
		left -= length;
		files.set(path, lines);
	}
	return { files, complete: true };
}

function linesOf(path: string, text: string | undefined) {
	if (!text) return undefined;
	const lines =
		(path.endsWith(".ipynb") ? notebookLines(text) : undefined) ??
		text.replace(/\n$/, "").split(/\r?\n/);
	return lines.some((line) => line.length > LONGEST_LINE) ? undefined : lines;
}

export const showPackedFile = (path: string, lines: readonly string[]) =>
	fence(
		"file",
		`path="${path.replace(/["<>\n]/g, "_")}" lines="${lines.length}"`,
		lines
			.map((line, i) =>
				i === 0 || (i + 1) % NUMBERED === 0 ? `${i + 1}\t${line}` : line,
			)
			.join("\n"),
	);
