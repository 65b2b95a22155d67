// BM25: rare words of a question weigh more, repetition and length less.

/** How often the words of a question are in a text, and how long the text is. */
export interface Counted {
	readonly counts: ReadonlyMap<string, number>;
	readonly length: number;
}

const SATURATION = 1.2;
const BY_LENGTH = 0.75;

/** One score for each text, in their order. */
export function bm25(
	question: ReadonlySet<string>,
	texts: readonly Counted[],
): number[] {
	const average =
		texts.reduce((sum, { length }) => sum + length, 0) / texts.length || 1;
	const weights = new Map<string, number>();
	for (const word of question) {
		const holding = texts.filter(({ counts }) => counts.has(word)).length;
		const rarity = (texts.length - holding + 0.5) / (holding + 0.5);
		weights.set(word, Math.log(1 + rarity));
	}
	return texts.map(({ counts, length }) => {
		const damp = SATURATION * (1 - BY_LENGTH + (BY_LENGTH * length) / average);
		let score = 0;
		for (const [word, weight] of weights) {
			const count = counts.get(word) ?? 0;
			score += (weight * count * (SATURATION + 1)) / (count + damp);
		}
		return score;
	});
}
