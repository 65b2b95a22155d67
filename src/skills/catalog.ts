// All skills of this server, read once from the folders beside this file.
import { parseSkill, type Skill } from "./parse-skill.ts";
import { FOLDERS, filesOf, readFileOf } from "./shelf.ts";

/** In order of name. */
export const SKILLS: readonly Skill[] = FOLDERS.map(readSkill);

/** Throws when the page does not follow the format. */
function readSkill(name: string): Skill {
	const page = parseSkill(name, readFileOf(name, "SKILL.md"));
	return { ...page, files: filesOf(name) };
}

/** By name or alias; undefined when there is none. */
export function findSkill(name: string): Skill | undefined {
	const wanted = name.trim().toLowerCase();
	return SKILLS.find(
		(skill) => skill.name === wanted || skill.aliases.includes(wanted),
	);
}

/** One of the skill's `files`, asked for by its path or its bare name; undefined when it has none of that name. */
export function readSkillFile(skill: Skill, asked: string): string | undefined {
	const wanted = asked.trim().toLowerCase();
	const file = skill.files.find((path) =>
		[path, withoutFolder(path), withoutEnding(path)].includes(wanted),
	);
	// Only a path that was listed is ever opened, whatever was asked for.
	return file && readFileOf(skill.name, file);
}

const withoutFolder = (path: string) => path.slice(path.indexOf("/") + 1);
const withoutEnding = (path: string) =>
	withoutFolder(path).replace(/\.\w+$/, "");
