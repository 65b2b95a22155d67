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
	const shares = [0, 1].map(
		(one) => [...labels.values()].filter((it) => it === one).length,
	);
	return (bytes) => {
		const tally = tallyOf(
			bytes,
			(word) => labels.get(word),
			(word, truth) => agrees(toldBy(word), truth),
		);
		if (tally.ids < FEWEST) return false;
		if (task === "regression") return beside([sumOf(tally.classes)]);
		const rates = shares.map((share) => share / labels.size);
		return beside(tally.classes) || isOneClass(tally.classes, rates);
	};
}

/** Ids of one class that a text names, and how often what stands so far behind agrees. */
interface Named {
	readonly places: number;
	readonly agreeing: readonly number[];
}

const beside = (classes: readonly Named[]): boolean =>
	Array.from({ length: REACH }, (_, far) => far).some((far) =>
		classes.every(
			({ places, agreeing }) =>
				places >= FEWEST_OF_CLASS && (agreeing[far] ?? 0) >= AGREEMENT * places,
		),
	);

/** The ids of a class and hardly one of the other, where chance would mix them. */
function isOneClass(
	classes: readonly Named[],
	rates: readonly number[],
): boolean {
	const listed = classes.map(({ places }) => places);
	const all = listed.reduce((sum, one) => sum + one, 0);
	return listed.some(
		(places, one) =>
			places >= AGREEMENT * all && (rates[one] ?? 1) ** all < CHANCE,
	);
}

/** In one pass, word by word: data files are large. */
function tallyOf(
	bytes: Uint8Array,
	truthOf: (word: string) => number | undefined,
	agrees: (word: string, truth: number) => boolean,
): { readonly ids: number; readonly classes: readonly Named[] } {
	const ids = new Set<string>();
	const classes = [0, 1].map(() => ({
		places: 0,
		agreeing: Array<number>(REACH).fill(0),
	}));
	const classOf = (truth: number) => classes[truth >= 0.5 ? 1 : 0];
	let open: { truth: number; far: number }[] = [];
	for (const [word] of new TextDecoder().decode(bytes).matchAll(WORD)) {
		for (const place of open) {
			const agreeing = classOf(place.truth)?.agreeing;
			if (agreeing && agrees(word, place.truth))
				agreeing[place.far] = (agreeing[place.far] ?? 0) + 1;
			place.far += 1;
		}
		if (open[0]?.far === REACH) open = open.slice(1);
		const truth = truthOf(word);
		if (truth === undefined) continue;
		if (ids.size < FEWEST) ids.add(word);
		const its = classOf(truth);
		if (its) its.places += 1;
		open.push({ truth, far: 0 });
	}
	return { ids: ids.size, classes };
}

const sumOf = (classes: readonly Named[]): Named => ({
	places: classes.reduce((sum, { places }) => sum + places, 0),
	agreeing: Array.from({ length: REACH }, (_, far) =>
		classes.reduce((sum, { agreeing }) => sum + (agreeing[far] ?? 0), 0),
	),
});

/** Without the dot that ends a sentence. */
const WORD = /[\p{L}\p{N}_-](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/gu;
