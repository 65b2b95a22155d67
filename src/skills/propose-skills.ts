// Which skills fit a task, decided by code: the same repository and the same
// words always give the same answer, and each answer says why.
import { findSkill, SKILLS } from "./catalog.ts";
import { readText, says, type Text } from "./cues.ts";
import { leaningsOf } from "./leanings.ts";
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
/** A phrase whose words stand apart. */
const NEARBY = 1;
const MOST_WORDS = 6;
/** Where single words lean: alone, and beside skills that phrases speak for. */
const LEANS = 0.6;
const LEANS_BESIDE = 0.7;
const MOST_WITH_LEANINGS = 3;
/** Enough to come first among equals. */
const USUAL = 1;

/** At most four, the best first; with a role's `usual` names at least three. Must not throw. */
export function proposeSkills(clues: Clues): Proposal[] {
	const { usual = [], imports } = clues;
	const task = readText(clues.words);
	const spokenFor = SKILLS.map((skill) => weigh(skill, imports, task))
		.filter(({ weight }) => weight > 0)
		.map(({ skill, weight, reasons }) => ({
			...{ skill, reasons },
			weight: weight + (usual.includes(skill.name) ? USUAL : 0),
		}))
		.sort((a, b) => b.weight - a.weight)
		.slice(0, MOST_PROPOSALS)
		.map(({ skill, reasons }) => ({ skill, reasons }));
	const spoken = [...spokenFor, ...leaningTo(task, spokenFor)];
	const known = new Set(spoken.map(({ skill }) => skill.name));
	const others = usual
		.filter((name) => !known.has(name))
		.flatMap((name) => findSkill(name) ?? [])
		.slice(0, Math.max(0, FEWEST_FOR_A_ROLE - known.size))
		.map((skill) => ({ skill, reasons: ["usual for the role"] }));
	return [...spoken, ...others];
}

/** Where phrases speak for fewer than three, single words may add one or two. */
function leaningTo(task: Text, spokenFor: readonly Proposal[]): Proposal[] {
	const least = spokenFor.length === 0 ? LEANS : LEANS_BESIDE;
	return leaningsOf(task)
		.filter(({ weight }) => weight >= least)
		.filter(({ skill }) => spokenFor.every((one) => one.skill !== skill))
		.slice(0, Math.max(0, MOST_WITH_LEANINGS - spokenFor.length))
		.map(({ skill, stems }) => ({
			skill,
			reasons: [`words of the task lean to it: ${stems.join(", ")}`],
		}));
}

function weigh(skill: Skill, imports: Clues["imports"], task: Text) {
	const named = [skill.name, ...skill.aliases].find(
		(name) => says(task, name) === "plainly",
	);
	const imported = skill.imports.filter((module) => imports.has(module));
	const plainly = skill.words.filter((w) => says(task, w) === "plainly");
	const nearby = skill.words.filter((w) => says(task, w) === "nearby");
	return {
		skill,
		weight:
			(named ? NAMED : 0) +
			(imported.length > 0 ? IMPORTED : 0) +
			Math.min(MOST_WORDS, plainly.length * WORD + nearby.length * NEARBY),
		reasons: [
			...(named ? [`the task names ${named}`] : []),
			...imported.map((module) => `the repository imports ${module}`),
			...plainly.map((word) => `the task says "${word}"`),
			...nearby.map((word) => `the task speaks of "${word}"`),
		],
	};
}
