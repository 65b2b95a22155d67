// Which skills the single words of a task lean to, when it names none of their
// phrases: a word that stands in many phrases of one skill and few of others
// speaks for it a little, and two such words are enough.
import { SKILLS } from "./catalog.ts";
import { stemsOf, type Text } from "./cues.ts";
import type { Skill } from "./parse-skill.ts";

export interface Leaning {
	readonly skill: Skill;
	readonly weight: number;
	/** The words, as stems. */
	readonly stems: readonly string[];
}

/** A word in fewer phrases than this says little whatever it is. */
const PRUDENCE = 2;
const LEAST_WEIGHT = 0.1;
const LEAST_STEMS = 2;

/** Words of any task. */
const COMMON = new Set(
	stemsOf(
		"how what which when where who do does did not no can could must should would need use make show find give get have has more most very one two three new let want run write add their own also only other same out up down before after while without against between about if once still even much many just like may might will add change per number another time job report page user day week",
	),
);

/** Of a stem: in how many phrases of which skill it stands. */
const phrases = Map.groupBy(
	SKILLS.flatMap((skill) =>
		[...skill.words, skill.description].flatMap((phrase) =>
			[...new Set(stemsOf(phrase))].map((stem) => ({ stem, skill })),
		),
	),
	({ stem }) => stem,
);

/** The strongest first. Must not throw. */
export function leaningsOf({ sentences }: Text): Leaning[] {
	const said = new Set(
		sentences.flat().filter((s) => s.length > 1 && !COMMON.has(s)),
	);
	return SKILLS.map((skill) => {
		const weights = [...said]
			.map((stem) => ({ stem, weight: weightOf(stem, skill) }))
			.filter(({ weight }) => weight >= LEAST_WEIGHT);
		return {
			skill,
			weight: weights.reduce((sum, { weight }) => sum + weight, 0),
			stems: weights.map(({ stem }) => stem),
		};
	})
		.filter(({ stems }) => stems.length >= LEAST_STEMS)
		.sort((a, b) => b.weight - a.weight);
}

function weightOf(stem: string, skill: Skill): number {
	const all = phrases.get(stem) ?? [];
	const its = all.filter((one) => one.skill === skill).length;
	return its / (all.length + PRUDENCE);
}
