// Whether a text says a word or phrase. A single word must stand there as it is;
// of a phrase the stems are enough, so that "classified images" says "classify
// images", and they may stand near each other in one sentence.
import { stemmer } from "stemmer";

export interface Text {
	readonly plain: string;
	/** Stems without fillers, sentence by sentence. */
	readonly sentences: readonly (readonly string[])[];
}

export type Said = "plainly" | "nearby" | undefined;

/** Other words between those of a phrase. */
const MOST_BETWEEN = 3;

const FILLERS = new Set(
	"a an the of to in on at by for from with and or as is are be been was were it its this that these those our we us you your my i their there so then than into onto per each all any some every".split(
		" ",
	),
);

export function readText(text: string): Text {
	return {
		plain: plain(text),
		sentences: text.split(/[.;!?]+(?=\s|$)|\n/).map(stemsOf),
	};
}

/** Must not throw. */
export function says({ plain: text, sentences }: Text, phrase: string): Said {
	if (stands(text, plain(phrase))) return "plainly";
	const wanted = stemsOfPhrase(phrase);
	if (wanted.length < 2) return undefined;
	const holding = sentences.filter((stems) =>
		wanted.every((stem) => stems.includes(stem)),
	);
	if (holding.some((stems) => inOrder(stems, wanted))) return "plainly";
	return holding.some((stems) => close(stems, wanted)) ? "nearby" : undefined;
}

const plain = (text: string) => text.toLowerCase().replace(/[\s-]+/g, " ");

/** As whole words; a plural counts. */
function stands(text: string, phrase: string): boolean {
	// Most phrases are nowhere in the text, and a pattern takes long to compile.
	if (!text.includes(phrase)) return false;
	const literal = phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return new RegExp(
		`(?<![\\p{L}\\p{N}])${literal}(?:e?s)?(?![\\p{L}\\p{N}])`,
		"u",
	).test(text);
}

const phrases = new Map<string, readonly string[]>();
const stemmed = new Map<string, string>();

/** Without fillers. */
export function stemsOf(text: string): string[] {
	const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return words.filter((word) => !FILLERS.has(word)).map(stemOf);
}

/** Remembered: the phrases of the skills are asked for again with each text. */
function stemsOfPhrase(phrase: string): readonly string[] {
	const known = phrases.get(phrase) ?? stemsOf(phrase);
	if (phrases.size < 10_000) phrases.set(phrase, known);
	return known;
}

/** Remembered, as stemming is the slow part. */
function stemOf(word: string): string {
	const stem = stemmed.get(word) ?? stemmer(word);
	if (stemmed.size < 10_000) stemmed.set(word, stem);
	return stem;
}

const inOrder = (stems: readonly string[], wanted: readonly string[]) =>
	stems.some((_, at) => wanted.every((stem, i) => stems[at + i] === stem));

function close(stems: readonly string[], wanted: readonly string[]): boolean {
	const most = wanted.length + MOST_BETWEEN;
	return stems.some((_, at) => {
		const window = stems.slice(at, at + most);
		return wanted.every((stem) => window.includes(stem));
	});
}
