// Words as people and programs write them, made one: `DataLoader`,
// `data_loader` and "the data loader" have the same.

/** Say nothing about which file is meant. */
const STOP = new Set(
	"the and for with from this that when not use uses used using add adds added fix fixes fixed update updated make makes remove removed support supports summary plan reviewed revision pulled resolved can new https http www com org github authored noreply users apply suggestions commit review style are was were has have had but its into our you your they them then than there here also only all any some more most such should would could will does did done just like self none true false return import def class issue please need needs want".split(
		" ",
	),
);

/** Of one file; beyond this it is a list of words, not a text. */
const MOST_WORDS = 10_000;

/** Lower-case, of three letters or more. */
export function wordsOf(text: string): string[] {
	const words: string[] = [];
	for (const [name] of text.matchAll(/[A-Za-z][A-Za-z0-9_]*/g))
		for (const word of partsOf(name)) words.push(word);
	return words;
}

/** The words in one identifier. */
export function partsOf(name: string): string[] {
	// Most are plain words, and there are millions.
	if (/^[a-z][a-z0-9]*$/.test(name))
		return name.length > 2 && !STOP.has(name) ? [name] : [];
	const spaced = name
		.replace(/([a-z0-9])([A-Z])/g, "$1 $2")
		.replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
		.toLowerCase();
	return spaced
		.split(/[^a-z0-9]+/)
		.filter(
			(word) => word.length > 2 && /^[a-z]/.test(word) && !STOP.has(word),
		);
}

/** How often each word is in the text: every word once, and the counts. */
export function countWords(texts: readonly string[]): {
	words: string;
	counts: number[];
} {
	const names = new Map<string, number>();
	for (const text of texts)
		for (const name of text.match(/[A-Za-z][A-Za-z0-9_]{2,80}/g) ?? [])
			names.set(name, (names.get(name) ?? 0) + 1);
	const words = new Map<string, number>();
	for (const [name, count] of names)
		for (const word of partsOf(name))
			words.set(word, (words.get(word) ?? 0) + count);
	const kept = [...words].slice(0, MOST_WORDS);
	return {
		words: kept.map(([word]) => word).join(" "),
		counts: kept.map(([, count]) => count),
	};
}
