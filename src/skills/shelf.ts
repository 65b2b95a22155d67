// The folders beside this file, one a skill, as they lie on the disk.
import { readdirSync, readFileSync } from "node:fs";

const HERE = new URL("./", import.meta.url);

/** What a skill brings besides its page, one level deep. */
const DRAWERS = ["references", "scripts"] as const;

/** In order. */
export const FOLDERS: readonly string[] = listFolders(HERE);

/** `file`: a path inside the skill's folder. */
export const readFileOf = (skill: string, file: string): string =>
	readFileSync(new URL(`${skill}/${file}`, HERE), "utf8");

/** References and scripts, such as `references/splits.md`. */
export function filesOf(skill: string): string[] {
	const home = new URL(`${skill}/`, HERE);
	const folders = listFolders(home);
	return DRAWERS.filter((drawer) => folders.includes(drawer)).flatMap(
		(drawer) =>
			readdirSync(new URL(`${drawer}/`, home), { withFileTypes: true })
				.filter((entry) => entry.isFile() && /\.(md|py)$/.test(entry.name))
				.map(({ name }) => `${drawer}/${name}`)
				.sort(),
	);
}

/** Hygen's, such as `assets/_templates/ml/model/new/model.ejs.t`. */
export function templatesOf(skill: string): string[] {
	const home = new URL(`${skill}/`, HERE);
	if (!listFolders(home).includes("assets")) return [];
	return readdirSync(new URL("assets/", home), { recursive: true })
		.map((path) => `assets/${String(path).replaceAll("\\", "/")}`)
		.filter((path) => path.endsWith(".ejs.t"))
		.sort();
}

function listFolders(where: URL): string[] {
	return readdirSync(where, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.sort();
}
