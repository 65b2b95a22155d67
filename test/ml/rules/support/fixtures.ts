// What rules are tested on. In fixtures/<ID>/ stand single files, bad-*.py and
// good-*.py, and folders with the sides bad/ and good/ for what takes several.
// Each line that is to be found ends in "# expect: <ID>". A good file says what
// makes it bad: "# mutate: <old> => <new>", applied together when there are several.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../fixtures");

export interface Fixture {
	readonly rule: string;
	readonly name: string;
	readonly side: "bad" | "good";
	readonly files: ReadonlyMap<string, string>;
	/** path:line of what is to be found. */
	readonly expected: readonly string[];
	/** A good one with its fault injected; undefined where it declares none. */
	readonly mutant?: ReadonlyMap<string, string>;
}

export const ruleFolders = (): string[] => readdirSync(ROOT).sort();

export function fixturesOf(rule: string): Fixture[] {
	const folder = join(ROOT, rule);
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.sort()
		.flatMap((entry) => {
			const path = join(folder, entry);
			return statSync(path).isDirectory()
				? inFolder(rule, entry, path)
				: [inFile(rule, entry, path)];
		});
}

/** The bad side is the good one with its fault injected. */
function inFolder(rule: string, name: string, path: string): Fixture[] {
	const [bad, good] = [filesIn(join(path, "bad")), filesIn(join(path, "good"))];
	const expected = expectedIn(rule, bad);
	return [
		{ rule, name, side: "bad", files: bad, expected },
		{ rule, name, side: "good", files: good, expected: [], mutant: bad },
	];
}

function inFile(rule: string, entry: string, path: string): Fixture {
	const [, side, name = ""] = /^(bad|good)-(.+)\.(py|ipynb)$/.exec(entry) ?? [];
	if (!side)
		throw new Error(
			`fixtures/${rule}/${entry} is neither bad-*.py nor good-*.py nor a folder.`,
		);
	const source = readFileSync(path, "utf8");
	const files = new Map([[entry, source]]);
	const mutated = mutate(source, entry);
	return {
		rule,
		name,
		side: side as Fixture["side"],
		files,
		expected: expectedIn(rule, files),
		...(mutated === undefined ? {} : { mutant: new Map([[entry, mutated]]) }),
	};
}

/** In <old> and <new> the two signs \n stand for a line break. */
function mutate(source: string, entry: string): string | undefined {
	const orders = [...source.matchAll(/^# mutate: (.*?) =>(?: (.*))?$/gm)];
	if (orders.length === 0) return undefined;
	const broken = (text = "") => text.replaceAll("\\n", "\n");
	let text = source.replace(/^# mutate: .*$/gm, "#");
	for (const [, old, anew] of orders) {
		const without = text.replaceAll(broken(old), () => broken(anew));
		if (without === text)
			throw new Error(`${entry} does not contain what it would mutate: ${old}`);
		text = without;
	}
	return text;
}

function filesIn(folder: string): Map<string, string> {
	const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
	return new Map(
		paths
			.filter((path) => /\.(py|ipynb)$/.test(path))
			.map((path) => [path, readFileSync(join(folder, path), "utf8")]),
	);
}

/** Once for each time a line says so. */
function expectedIn(rule: string, files: ReadonlyMap<string, string>) {
	const sign = new RegExp(`# expect: ${rule}\\b`, "g");
	return [...files].flatMap(([path, source]) =>
		source
			.split("\n")
			.flatMap((line, i) =>
				[...line.matchAll(sign)].map(() => `${path}:${i + 1}`),
			),
	);
}
