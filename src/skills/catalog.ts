// All skills of this server, read once from the folders beside this file.
import { readdirSync, readFileSync } from "node:fs";
import { parseSkill, type Skill } from "./parse-skill.ts";

const HERE = new URL("./", import.meta.url);

/** What a skill brings besides its page, one level deep. */
const SHELVES = ["references", "scripts"] as const;

/** In order of name. */
export const SKILLS: readonly Skill[] = listFolders(HERE).map((name) => {
	const home = new URL(`${name}/`, HERE);
	const page = readFileSync(new URL("SKILL.md", home), "utf8");
	return { ...parseSkill(name, page), files: listFiles(home) };
});

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
	return file && readFileSync(new URL(`${skill.name}/${file}`, HERE), "utf8");
}

const withoutFolder = (path: string) => path.slice(path.indexOf("/") + 1);
const withoutEnding = (path: string) =>
	withoutFolder(path).replace(/\.\w+$/, "");

function listFolders(where: URL): string[] {
	return readdirSync(where, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort();
}

function listFiles(home: URL): string[] {
	const folders = listFolders(home);
	return SHELVES.filter((shelf) => folders.includes(shelf)).flatMap((shelf) =>
		readdirSync(new URL(`${shelf}/`, home), { withFileTypes: true })
			.filter((entry) => entry.isFile() && /\.(md|py)$/.test(entry.name))
			.map(({ name }) => `${shelf}/${name}`)
			.sort(),
	);
}
