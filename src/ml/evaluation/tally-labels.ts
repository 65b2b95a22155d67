// Counts in one pass over a text, since data files are large, how often a label
// is found beside an id, for every place where it may stand.

/** Ids of one class that a text names, and at how many of them each place agrees. */
export interface Named {
	readonly ids: number;
	/** By place: so many words behind, so many before, then those of PLACES. */
	readonly agreeing: readonly number[];
}

/** The last and the first word of its line; what the label's name says behind it and before it. */
const PLACES = ["last", "first", "key behind", "key before"] as const;

export interface Question {
	/** The label column's name. */
	readonly label: string;
	/** How far a label may stand from its id, in words. */
	readonly reach: number;
	/** undefined: the word is no id that is asked for. */
	truthOf(word: string): number | undefined;
	/** What a word would say of a label. */
	toldBy(word: string): number;
	agrees(told: number, truth: number): boolean;
}

/** Words, and ends of lines; a word ends before the dot of a sentence. */
const WORD = /[\p{L}\p{N}_-](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?|\n/gu;

/** An id that was named, while its label may still come. */
interface Open {
	readonly truth: number;
	behind: number;
	inLine: boolean;
	awaitsKey: boolean;
}

/** Ids that wait at a time: more stand in a line of ids alone. */
const MOST_OPEN = 8;

/** Whether a text names so many different ids at all: most do not. */
export function namesIds(
	text: string,
	fewest: number,
	{ truthOf }: Question,
): boolean {
	const seen = new Set<string>();
	for (const [word] of text.matchAll(WORD)) {
		if (truthOf(word) === undefined) continue;
		if (seen.add(word).size >= fewest) return true;
	}
	return false;
}

/** One entry for each class. */
export function tallyOf(
	text: string,
	{ label, reach, truthOf, toldBy, agrees }: Question,
): readonly Named[] {
	const counts = [0, 1].map(() => ({
		ids: 0,
		agreeing: new Int32Array(2 * reach + PLACES.length),
	}));
	const of = (truth: number) => counts[truth >= 0.5 ? 1 : 0];
	const check = (place: number, told: number | undefined, truth: number) => {
		const agreeing = of(truth)?.agreeing;
		if (agreeing && told !== undefined && agrees(told, truth))
			agreeing[place] = (agreeing[place] ?? 0) + 1;
	};
	const [last, first, keyBehind, keyBefore] = PLACES.map(
		(_, i) => 2 * reach + i,
	) as [number, number, number, number];
	let open: Open[] = [];
	let before: number[] = [];
	let previous = "";
	let lineBegan: number | undefined;
	let lastKeyed: number | undefined;
	const endLine = () => {
		for (const one of open) {
			if (one.inLine) check(last, before.at(-1), one.truth);
			one.inLine = false;
		}
		lineBegan = undefined;
	};
	for (const [word] of text.matchAll(WORD)) {
		if (word === "\n") {
			endLine();
			continue;
		}
		const told = toldBy(word);
		for (const one of open) {
			if (one.behind < reach) check(one.behind++, told, one.truth);
			if (one.awaitsKey && previous === label) {
				check(keyBehind, told, one.truth);
				one.awaitsKey = false;
			}
		}
		if (previous === label) lastKeyed = told;
		lineBegan ??= told;
		const truth = truthOf(word);
		if (truth !== undefined) {
			const its = of(truth);
			if (its) its.ids += 1;
			const far = Math.min(reach, before.length);
			for (let i = 0; i < far; i++)
				check(reach + i, before[before.length - 1 - i], truth);
			check(first, lineBegan, truth);
			check(keyBefore, lastKeyed, truth);
			lastKeyed = undefined;
			// Behind the next id a label belongs to that one, except at the end of a line.
			open = open.filter(({ inLine }) => inLine).slice(1 - MOST_OPEN);
			open.push({ truth, behind: 0, inLine: true, awaitsKey: true });
		}
		before.push(told);
		if (before.length > 4 * reach) before = before.slice(-reach);
		previous = word;
	}
	endLine();
	return counts.map(({ ids, agreeing }) => ({ ids, agreeing: [...agreeing] }));
}
