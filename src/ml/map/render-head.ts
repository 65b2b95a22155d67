// The head of the map: how much there is, of what, and where.
import type { MlMap } from "./ml-map.ts";
import { plain } from "./plain.ts";
import type { Detail } from "./render.ts";

export function headLines(
	map: MlMap,
	{ names }: Detail,
	name: string | undefined,
): string[] {
	const { totals, frameworks, projectFiles, dirs, configs } = map;
	const lines = [name ? `# ML map: ${plain(name)}` : "# ML map"];
	const python =
		totals.py === 0 && totals.notebooks === 0
			? "no Python files and no notebooks"
			: `${totals.py} py (${thousands(totals.pyLoc)} lines); ${totals.tests} test files; ${totals.notebooks} notebooks (${thousands(totals.nbCodeLoc)} code lines)`;
	const errors = totals.syntaxErrors
		? `; ${totals.syntaxErrors} with syntax errors`
		: "";
	lines.push(`${totals.files} files; ${python}${errors}`);
	const add = (title: string, items: readonly string[], separator = " ") => {
		if (items.length > 0)
			lines.push(`${title}: ${shorten(items, names, separator)}`);
	};
	add(
		"not read",
		totals.skipped.map(({ path, why }) => `${plain(path, 80)} (${why})`),
		", ",
	);
	add(
		"frameworks",
		frameworks.map(({ name, files }) => `${name}:${files}`),
	);
	add(
		"project files",
		projectFiles.map((path) => plain(path)),
	);
	add(
		"folders",
		dirs.map(
			({ path, files, loc }) =>
				`${plain(path, 80)}(${files} files, ${thousands(loc)})`,
		),
	);
	add(
		"config files",
		configs.map(({ dir, files }) => {
			const more = files.length > 3 ? `,+${files.length - 3}` : "";
			const shown = files.slice(0, 3).map((path) => plain(path, 40));
			return `${plain(dir, 80)}/{${shown.join(",")}${more}}`;
		}),
	);
	return lines;
}

export function shorten(
	items: readonly string[],
	most: number,
	separator = " ",
): string {
	const rest = items.length - most;
	const shown = items.slice(0, most).join(separator);
	return rest > 0 ? `${shown}${separator}+${rest} more` : shown;
}

const thousands = (lines: number) =>
	lines < 1_000 ? String(lines) : `${(lines / 1_000).toFixed(1)}k`;
