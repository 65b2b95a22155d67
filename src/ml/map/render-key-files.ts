// The key files of the map, one line each: why, where, what to open.
import { weightOf } from "./file-roles.ts";
import type { KeyFile, MapFile, MlMap, Role } from "./ml-map.ts";
import { plain } from "./plain.ts";
import { readingSpans } from "./reading-ranges.ts";
import type { Detail } from "./render.ts";

const MOST_ROLES = 5;

export function keyFileLines(
	map: MlMap,
	keys: readonly KeyFile[],
	task: string,
	{ spans }: Detail,
): string[] {
	if (keys.length === 0) return [];
	const byPath = new Map(map.files.map((file) => [file.path, file]));
	const lines = keys.flatMap(({ path, why }, index) => {
		const file = byPath.get(path);
		if (!file) return [];
		const places = readingSpans(file, task)
			.slice(0, spans)
			.sort((a, b) => a.line - b.line)
			.map(({ name, line, end }) => ` ${plain(name, 50)}:${line}-${end}`);
		const doc = file.doc ? ` (${plain(file.doc, 70)})` : "";
		return [
			`${index + 1}. [${why}] ${plain(path)} (${sizeOf(file)}; imported by ${file.inDegree}) [${rolesOf(file)}]${places.join("")}${doc}`,
		];
	});
	return ["", "## Key files (read these first)", ...lines];
}

const sizeOf = ({ kind, cells, loc }: MapFile) =>
	kind === "ipynb" ? `${cells} cells` : `${loc} lines`;

function rolesOf({ roles }: MapFile): string {
	return (Object.keys(roles) as Role[])
		.sort((a, b) => weightOf(roles, b) - weightOf(roles, a))
		.slice(0, MOST_ROLES)
		.join(",");
}
