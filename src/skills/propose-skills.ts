// Which skills fit a task, decided by code: the same repository and the same
// words always give the same answer, and each answer says why.
import { findSkill, SKILLS } from "./catalog.ts";
import type { Skill } from "./parse-skill.ts";

export interface Proposal {
	readonly skill: Skill;
	/** In words, the strongest first. */
	readonly reasons: readonly string[];
}

export interface Clues {
	/** Top-level modules the repository imports. */
	readonly imports: ReadonlySet<string>;
	/** The task as it was written. */
	readonly words: string;
	/** Names that the role of an agent leans on, the most usual first. */
	readonly usual?: readonly string[];
}

export const MOST_PROPOSALS = 4;
/** A role's usual skills fill the list up to here, never beyond. */
export const FEWEST_FOR_A_ROLE = 3;

/** A library that is asked for by name counts more than one in use, that more than a word. */
const NAMED = 6;
const IMPORTED = 3;
const WORD = 2;
const MOST_WORDS = 3;
/** Enough to come first among equals. */
const USUAL = 1;

/** At most four, the best first; with a role's `usual` names at least three. Must not throw. */
export function proposeSkills(clues: Clues): Proposal[] {
	const { usual = [] } = clues;
	const spokenFor = SKILLS.map((skill) => weigh(skill, clues))
		.filter(({ weight }) => weight > 0)
		.map(({ skill, weight, reasons }) => ({
			...{ skill, reasons },
			weight: weight + (usual.includes(skill.name) ? USUAL : 0),
		}))
		.sort((a, b) => b.weight - a.weight)
		.slice(0, MOST_PROPOSALS)
		.map(({ skill, reasons }) => ({ skill, reasons }));
	const known = new Set(spokenFor.map(({ skill }) => skill.name));
	const others = usual
		.filter((name) => !known.has(name))
		.flatMap((name) => findSkill(name) ?? [])
		.slice(0, Math.max(0, FEWEST_FOR_A_ROLE - known.size))
		.map((skill) => ({ skill, reasons: ["usual for the role"] }));
	return [...spokenFor, ...others];
}

function weigh(skill: Skill, { imports, words }: Clues) {
	const named = [skill.name, ...skill.aliases].find((n) => says(words, n));
	const imported = skill.imports.filter((module) => imports.has(module));
	const said = skill.words
		.filter((word) => says(words, word))
		.slice(0, MOST_WORDS);
	return {
		skill,
		weight:
			(named ? NAMED : 0) +
			(imported.length > 0 ? IMPORTED : 0) +
			said.length * WORD,
		reasons: [
			...(named ? [`the task names ${named}`] : []),
			...imported.map((module) => `the repository imports ${module}`),
			...said.map((word) => `the task says "${word}"`),
		],
	};
}

/** As whole words, whatever their case; a plural counts. */
function says(text: string, phrase: string): boolean {
	// Most phrases are nowhere in the text, and a pattern takes long to compile.
	if (!plain(text).includes(plain(phrase))) return false;
	const literal = phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const words = literal.replace(/[\s-]+/g, "[\\s-]+");
	return new RegExp(
		`(?<![\\p{L}\\p{N}])${words}(?:e?s)?(?![\\p{L}\\p{N}])`,
		"iu",
	).test(text);
}

const plain = (text: string) => text.toLowerCase().replace(/[\s-]+/g, " ");
