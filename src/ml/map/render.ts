// The map as text within a budget: everything once at full length, then with
// fewer and fewer lines a section until it fits.
import { estimateTokens } from "./estimate-tokens.ts";
import { keyFiles } from "./key-files.ts";
import type { MlMap } from "./ml-map.ts";
import { plain } from "./plain.ts";
import { headLines } from "./render-head.ts";
import { keyFileLines } from "./render-key-files.ts";
import { roleLines } from "./render-roles.ts";
import { taskFiles } from "./task-files.ts";

export interface RenderOptions {
	/** At most so many, by our estimate. */
	readonly tokens: number;
	/** Names the files the task is about. */
	readonly task?: string;
	readonly name?: string;
}

/** How much is shown; each step is shorter than the one before. */
export interface Detail {
	/** Files a section. */
	readonly files: number;
	/** Lines of evidence a file. */
	readonly evidence: number;
	/** Names a list in the head. */
	readonly names: number;
	/** Functions and classes a key file. */
	readonly spans: number;
}

const STEPS: readonly Detail[] = [
	{ files: 8, evidence: 5, names: 18, spans: 7 },
	{ files: 6, evidence: 4, names: 16, spans: 6 },
	{ files: 5, evidence: 3, names: 14, spans: 6 },
	{ files: 4, evidence: 3, names: 12, spans: 5 },
	{ files: 3, evidence: 3, names: 12, spans: 5 },
	{ files: 3, evidence: 2, names: 10, spans: 4 },
	{ files: 2, evidence: 2, names: 8, spans: 3 },
	{ files: 1, evidence: 2, names: 6, spans: 2 },
	{ files: 1, evidence: 1, names: 4, spans: 0 },
];

const TASK_FILES = 10;

export function renderMap(map: MlMap, options: RenderOptions): string {
	const task = options.task ?? "";
	const keys = keyFiles(map, task);
	const forTask = task.trim() ? taskFiles(map, task, TASK_FILES) : [];
	let lines: string[] = [];
	for (const detail of STEPS) {
		lines = [
			...headLines(map, detail, options.name),
			...keyFileLines(map, keys, task, detail),
			...(forTask.length > 0
				? [
						"",
						`## Nearest to the task: ${forTask.map(({ path }) => plain(path)).join(" ")}`,
					]
				: []),
			...roleLines(map, detail),
		];
		if (estimateTokens(lines.join("\n")) <= options.tokens)
			return lines.join("\n");
	}
	return cutTo(lines, options.tokens);
}

/** For names so long that even the shortest map does not fit. */
function cutTo(lines: readonly string[], tokens: number): string {
	const kept: string[] = [];
	const tail = "… the rest does not fit";
	for (const line of lines) {
		const next = line.length > 160 ? `${line.slice(0, 159)}…` : line;
		if (estimateTokens([...kept, next, tail].join("\n")) > tokens) break;
		kept.push(next);
	}
	return [...kept, tail].join("\n");
}
