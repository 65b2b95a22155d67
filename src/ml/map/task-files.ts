// The files a task is about, by its words: names weigh more than text, and a
// file's place in the repository moves it only a little.
import { bm25 } from "./bm25.ts";
import { countFile } from "./count-file.ts";
import type { MapFile, MlMap, TaskFile } from "./ml-map.ts";
import { wordsOf } from "./words.ts";

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
	const counted = map.files.map((file) => countFile(file, question));
	const names = shareOfBest(
		bm25(
			question,
			counted.map((one) => one.names),
		),
	);
	const texts = shareOfBest(
		bm25(
			question,
			counted.map((one) => one.all),
		),
	);
	const named = namesFile(task);
	const ranked = map.files.map((file, index) => {
		const likeness =
			NAMES_SHARE * (names[index] ?? 0) +
			TEXT_SHARE * (texts[index] ?? 0) +
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

function shareOfBest(scores: readonly number[]): number[] {
	const best = scores.reduce((a, b) => Math.max(a, b), 0) || 1;
	return scores.map((score) => score / best);
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
