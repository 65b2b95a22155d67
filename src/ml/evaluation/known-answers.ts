// Whether a text brings along the answers: held-out ids with their labels, or
// the ids of one class alone. What is computed or encoded is not recognised.
import type { Split } from "./split.ts";
import type { Subject } from "./subject.ts";
import {
	type Named,
	namesIds,
	type Question,
	tallyOf,
} from "./tally-labels.ts";

/** Fewer are an example in a test or a comment. */
const FEWEST = 20;
const FEWEST_OF_CLASS = 5;
/** Of each class: a column of a table that is joined by the id agrees less. */
const AGREEMENT = 0.95;
/** That as many ids drawn at random were all of one class. */
const CHANCE = 1e-6;

const TRUTHS: Readonly<Record<string, number>> = { true: 1, false: 0 };

export type KnowsAnswers = (bytes: Uint8Array) => boolean;

export function answersOf(subject: Subject, split: Split): KnowsAnswers {
	const { question, truths, isExact } = questionOf(subject, split);
	const rates = [0, 1].map(
		(one) => truths.filter((truth) => truth === one).length / truths.length,
	);
	return (bytes) => {
		const text = new TextDecoder().decode(bytes);
		if (!namesIds(text, FEWEST, question)) return false;
		const classes = tallyOf(text, question);
		if (isExact) return haveLabels([both(classes)]);
		return haveLabels(classes) || isOneClass(classes, rates);
	};
}

function questionOf(subject: Subject, split: Split) {
	const { classes } = subject;
	const { task, positive, label } = subject.contract;
	/** Labels agree when equal; there are not two of them. */
	const isExact = task === "regression" || classes.length > 0;
	const labels = new Map(
		split.heldOut.map((row) => [
			subject.ids[row] ?? "",
			subject.truth[row] ?? 0,
		]),
	);
	const at = subject.table.columns.indexOf(label);
	const named = new Set(subject.table.rows.map((row) => row[at]));
	const toldBy = (word: string): number => {
		if (classes.length) return classes.indexOf(word);
		if (task !== "regression" && named.has(word))
			return Number(word === positive);
		if (/^[tf]/i.test(word)) return TRUTHS[word.toLowerCase()] ?? Number.NaN;
		return Number(word);
	};
	const question: Question = {
		label,
		// A row with its columns' names, as in JSON.
		reach: 2 * subject.table.columns.length + 2,
		truthOf: (word) => labels.get(word),
		toldBy,
		// What is not a number agrees with nothing.
		agrees: (told, truth) =>
			isExact ? told === truth : truth >= 0.5 ? told >= 0.5 : told < 0.5,
	};
	return { question, truths: [...labels.values()], isExact };
}

/** Somewhere beside the ids there is a place whose words agree, in every class. */
const haveLabels = (classes: readonly Named[]): boolean =>
	[...(classes[0]?.agreeing.keys() ?? [])].some((place) =>
		classes.every(
			({ ids, agreeing }) =>
				ids >= FEWEST_OF_CLASS && (agreeing[place] ?? 0) >= AGREEMENT * ids,
		),
	);

/** The ids of a class and hardly one of the other, where chance would mix them. */
function isOneClass(
	classes: readonly Named[],
	rates: readonly number[],
): boolean {
	const all = both(classes).ids;
	return classes.some(
		({ ids }, one) =>
			ids >= AGREEMENT * all && (rates[one] ?? 1) ** all < CHANCE,
	);
}

const both = ([one, other]: readonly Named[]): Named => ({
	ids: (one?.ids ?? 0) + (other?.ids ?? 0),
	agreeing: (one?.agreeing ?? []).map(
		(count, place) => count + (other?.agreeing[place] ?? 0),
	),
});
