// Whether a text brings along the answers: held-out ids beside their labels, or
// the ids of one class alone. What is computed or encoded is not recognised.
import type { Split } from "./split.ts";
import type { Subject } from "./subject.ts";

/** Fewer are an example in a test or a comment. */
const FEWEST = 20;
const FEWEST_OF_CLASS = 5;
/** How far behind an id its label may stand, in words. */
const REACH = 4;
/** Of each class: a column of a table that is joined by the id agrees less. */
const AGREEMENT = 0.95;

/** That as many ids drawn at random were all of one class. */
const CHANCE = 1e-6;

export type KnowsAnswers = (bytes: Uint8Array) => boolean;

export function answersOf(subject: Subject, split: Split): KnowsAnswers {
	const labels = new Map(
		split.heldOut.map((row) => [subject.ids[row] ?? "", subject.truth[row]]),
	);
	const { task, positive, label } = subject.contract;
	const at = subject.table.columns.indexOf(label);
	const named = new Set(subject.table.rows.map((row) => row[at]));
	const toldBy = (word: string): number => {
		if (task !== "regression" && named.has(word))
			return Number(word === positive);
		if (/^(true|false)$/i.test(word)) return Number(/^true$/i.test(word));
		return Number(word || "none");
	};
	const agrees = (told: number, truth: number) =>
		task === "regression" ? told === truth : told >= 0.5 === truth >= 0.5;
	return (bytes) => {
		const words = wordsOf(bytes);
		const places = [...words.keys()].filter((i) => labels.has(words[i] ?? ""));
		const truthAt = (place: number) => labels.get(words[place] ?? "") ?? 0;
		if (new Set(places.map((place) => words[place])).size < FEWEST)
			return false;
		const classes =
			task === "regression"
				? [places]
				: [0, 1].map((one) => places.filter((at) => truthAt(at) === one));
		const behind = Array.from({ length: REACH }, (_, i) => i + 1);
		const beside = behind.some((far) =>
			classes.every(
				(of) =>
					of.length >= FEWEST_OF_CLASS &&
					shareOf(of, (place) =>
						agrees(toldBy(words[place + far] ?? ""), truthAt(place)),
					) >= AGREEMENT,
			),
		);
		return beside || (task !== "regression" && isOneClass(classes, labels));
	};
}

/** The ids of a class and hardly one of the other, where chance would mix them. */
function isOneClass(
	classes: readonly (readonly number[])[],
	labels: ReadonlyMap<string, number | undefined>,
): boolean {
	const listed = classes.map((of) => of.length);
	const larger = listed.indexOf(Math.max(...listed));
	const all = listed.reduce((sum, one) => sum + one, 0);
	const rate = shareOf([...labels.values()], (truth) => truth === larger);
	return rate ** all < CHANCE && (listed[larger] ?? 0) >= AGREEMENT * all;
}

const shareOf = <T>(all: readonly T[], holds: (one: T) => boolean) =>
	all.filter(holds).length / all.length;

const wordsOf = (bytes: Uint8Array): string[] =>
	new TextDecoder().decode(bytes).match(/[\p{L}\p{N}_.-]+/gu) ?? [];
