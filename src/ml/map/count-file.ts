// How often a question's words are in a file: in its names, which tell what it
// is about, and in its text, which tells what it mentions.
import type { Counted } from "./bm25.ts";
import type { MapFile } from "./ml-map.ts";
import { partsOf } from "./words.ts";

const IN_PATH = 4;
const IN_CLASS = 3;
const IN_FUNCTION = 2;
const IN_TEXT = 0.5;

export function countFile(
	file: MapFile,
	question: ReadonlySet<string>,
): { names: Counted; all: Counted } {
	const names = countNames(file, question);
	const counts = new Map(names.counts);
	let { length } = names;
	for (const [index, word] of file.words.split(" ").entries()) {
		const count = (file.counts[index] ?? 0) * IN_TEXT;
		length += count;
		if (question.has(word)) counts.set(word, (counts.get(word) ?? 0) + count);
	}
	return { names, all: { counts, length } };
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
