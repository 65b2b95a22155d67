// The files a task is about, by its words: names weigh more than text, and a
// file's place in the repository moves it only a little.
import { bm25, type Counted } from "./bm25.ts";
import type { MapFile, MlMap, TaskFile } from "./ml-map.ts";
import { partsOf, wordsOf } from "./words.ts";

const IN_PATH = 4;
const IN_CLASS = 3;
const IN_FUNCTION = 2;
const IN_TEXT = 0.5;

const NAMES_SHARE = 0.6;
const TEXT_SHARE = 0.4;

/** A question this long has said what it is about. */
const MOST_OF_A_TASK = 4_000;
/** Fewer than these are not a choice; other files fill them up. */
const FEWEST = 10;

/** Best first; also files no word points to, should others be too few. */
export function taskFiles(map: MlMap, text: string, limit: number): TaskFile[] {
	const task = withoutSignatures(text).slice(0, MOST_OF_A_TASK);
	const question = new Set(wordsOf(task));
	const names = bm25(
		question,
		map.files.map((file) => countNames(file, question)),
	);
	const texts = bm25(
		question,
		map.files.map((file) => countAll(file, question)),
	);
	const bestName = Math.max(...names, 0) || 1;
	const bestText = Math.max(...texts, 0) || 1;
	const named = namesFile(task);
	const ranked = map.files.map((file, index) => {
		const likeness =
			(NAMES_SHARE * (names[index] ?? 0)) / bestName +
			(TEXT_SHARE * (texts[index] ?? 0)) / bestText +
			named(file.path);
		const prior = priorOf(file, map.files.length);
		return { path: file.path, score: (likeness + 0.001) * prior };
	});
	ranked.sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
	if (ranked.length < FEWEST) ranked.push(...othersFor(map, question, named));
	return ranked
		.slice(0, limit)
		.map(({ path, score }) => ({ path, score: Number(score.toFixed(4)) }));
}

/** Between a third and one: never enough to hide a file that is meant. */
function priorOf(file: MapFile, count: number): number {
	const central = 0.7 + 0.3 * Math.min(1, Math.sqrt(file.rank * count) / 2);
	return central * (file.isTest ? 0.4 : 1) * (file.isAux ? 0.8 : 1);
}

function countNames(file: MapFile, question: ReadonlySet<string>): Counted {
	const counts = new Map<string, number>();
	let length = 0;
	const add = (name: string, weight: number) => {
		for (const word of partsOf(name)) {
			length += weight;
			if (question.has(word))
				counts.set(word, (counts.get(word) ?? 0) + weight);
		}
	};
	for (const part of file.path.replace(/\.\w+$/, "").split("/"))
		add(part, IN_PATH);
	for (const { name, methods } of file.classes) {
		add(name, IN_CLASS);
		for (const method of methods) add(method.name, IN_FUNCTION);
	}
	for (const { name } of file.functions) add(name, IN_FUNCTION);
	return { counts, length };
}

function countAll(file: MapFile, question: ReadonlySet<string>): Counted {
	const { counts, length } = countNames(file, question);
	const all = new Map(counts);
	let longer = length;
	for (const [index, word] of file.words.split(" ").entries()) {
		const count = (file.counts[index] ?? 0) * IN_TEXT;
		longer += count;
		if (question.has(word)) all.set(word, (all.get(word) ?? 0) + count);
	}
	return { counts: all, length: longer };
}

/** A file the task calls by name, as a path, a file name or a dotted module. */
function namesFile(task: string): (path: string) => number {
	const said = new Set(
		(task.match(/[\w./-]*\w/g) ?? []).map((word) => word.replace(/^\.?\//, "")),
	);
	return (path) => {
		const name = path.slice(path.lastIndexOf("/") + 1);
		const dotted = path.replace(/\.py$/, "").replaceAll("/", ".");
		if (said.has(path) || (dotted.includes(".") && said.has(dotted))) return 1;
		return name !== "__init__.py" && said.has(name) ? 0.5 : 0;
	};
}

function othersFor(
	map: MlMap,
	question: ReadonlySet<string>,
	named: (path: string) => number,
): TaskFile[] {
	return map.otherFiles
		.map((path) => {
			const hits = wordsOf(path).filter((word) => question.has(word)).length;
			const isText = /\.(ya?ml|toml|json|cfg|ini|md|rst|txt|sh|csv)$/.test(
				path,
			);
			const score =
				0.01 * hits + 0.1 * named(path) + (isText ? 0.0002 : 0.0001);
			return { path, score };
		})
		.sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
		.slice(0, FEWEST);
}

/** Who wrote and reviewed a change is not what it is about. */
function withoutSignatures(text: string): string {
	return text
		.split("\n")
		.filter((line) => !/^[ \t]*[A-Z][\w-]{0,40}(-by|-bot):/i.test(line))
		.join("\n");
}
