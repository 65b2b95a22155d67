// All skills of this server, read once from the folders beside this file.
import { readdirSync, readFileSync } from "node:fs";
import { parseSkill, type Skill } from "./parse-skill.ts";

const HERE = new URL("./", import.meta.url);

/** In order of name. */
export const SKILLS: readonly Skill[] = readdirSync(HERE, {
	withFileTypes: true,
})
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name)
	.sort()
	.map((name) =>
		parseSkill(name, readFileSync(new URL(`${name}/SKILL.md`, HERE), "utf8")),
	);

/** By name or alias; undefined when there is none. */
export function findSkill(name: string): Skill | undefined {
	const wanted = name.trim().toLowerCase();
	return SKILLS.find(
		(skill) => skill.name === wanted || skill.aliases.includes(wanted),
	);
}
