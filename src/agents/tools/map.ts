import { z } from "zod";
import { mapOf } from "../../ml/map/map.ts";
import {
	type MapFile,
	type MlMap,
	ROLES,
	type Role,
} from "../../ml/map/ml-map.ts";
import { plain } from "../../ml/map/plain.ts";
import { readingSpans } from "../../ml/map/reading-ranges.ts";
import { renderMap } from "../../ml/map/render.ts";
import { taskFiles } from "../../ml/map/task-files.ts";
import { readingTool, wholeNumber } from "./tool.ts";

const TOKENS = 2_000;
const FILES = 10;
const LINES_PER_FILE = 12;

export const map = readingTool({
	name: "map",
	description: `The repository's machine-learning structure. With a query: the files nearest to its words and the lines to view. With a role, its files and lines: ${ROLES.join(" ")}.`,
	input: z.strictObject({
		role: z.string().optional(),
		query: z.string().optional(),
		limit: wholeNumber(1, 30).optional(),
	}),
	async read(tree, { role, query, limit = FILES }) {
		const known = ROLES.find((one) => one === role);
		if (role && !known)
			return {
				ok: false,
				code: "E_PATTERN",
				message: `there is no role of that name; there are ${ROLES.join(", ")}`,
			};
		const whole = await mapOf(tree);
		if (known) return { ok: true, text: playersOf(whole, known, limit) };
		if (query?.trim())
			return { ok: true, text: nearestTo(whole, query, limit) };
		return { ok: true, text: renderMap(whole, { tokens: TOKENS }) };
	},
});

function playersOf({ files }: MlMap, role: Role, limit: number): string {
	const players = files
		.filter((file) => file.roles[role])
		.toSorted((a, b) => weightOf(b, role) - weightOf(a, role));
	if (players.length === 0)
		return `No file plays the role ${role}, as far as code can tell; search its words with query or grep.`;
	const lines = players.slice(0, limit).map((file) => {
		const evidence = file.roles[role] ?? [];
		const shown = evidence
			.slice(0, LINES_PER_FILE)
			.map(({ line, label }) => `${line} ${plain(label, 60)}`);
		const more = evidence.length - shown.length;
		if (more > 0) shown.push(`+${more} more`);
		return `${plain(file.path)}: ${shown.join("; ")}`;
	});
	const more = players.length - lines.length;
	if (more > 0) lines.push(`+${more} more files; raise limit`);
	return lines.join("\n");
}

const weightOf = (file: MapFile, role: Role) =>
	(file.roles[role] ?? []).reduce((sum, { weight }) => sum + weight, 0) *
	(file.isTest || file.isAux ? 0.3 : 1);

function nearestTo(whole: MlMap, query: string, limit: number): string {
	const files = new Map(whole.files.map((file) => [file.path, file]));
	const lines = taskFiles(whole, query, limit).map(({ path }) => {
		const file = files.get(path);
		const spans = file ? readingSpans(file, query) : [];
		const shown = spans.map(
			({ name, line, end }) => `${plain(name, 60)}:${line}-${end}`,
		);
		return [plain(path), ...shown].join(" ");
	});
	return lines.join("\n") || "The repository has no files to search.";
}
