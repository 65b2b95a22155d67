// What somebody may have meant who asked for a skill that does not exist.
import { SKILLS } from "./catalog.ts";
import type { Skill } from "./parse-skill.ts";

/** Three names, the likeliest first, by pairs of letters in common. */
export function nearestSkills(asked: string): string[] {
	const wanted = pairs(asked);
	const likeness = (skill: Skill) =>
		Math.max(
			...[skill.name, ...skill.aliases, ...skill.imports].map((name) => {
				const its = pairs(name);
				return its.intersection(wanted).size / its.union(wanted).size;
			}),
		);
	return SKILLS.map((skill) => ({ name: skill.name, like: likeness(skill) }))
		.sort((a, b) => b.like - a.like)
		.slice(0, 3)
		.map(({ name }) => name);
}

/** With both ends marked, so that one letter has pairs too. */
function pairs(text: string): Set<string> {
	const marked = `^${text.toLowerCase()}$`;
	return new Set(
		Array.from({ length: marked.length - 1 }, (_, at) =>
			marked.slice(at, at + 2),
		),
	);
}
