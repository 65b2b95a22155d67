// Where a reader who wants to understand the machine learning would begin.
import { weightOf } from "./file-roles.ts";
import type { MapFile, Role } from "./ml-map.ts";

const MAIN_NAME = /train|fit|finetune|run|main/i;

/** `configured` is how many configurations name the file. */
export function startOf(file: MapFile, configured: number): number {
	const { roles, isTest, isAux, main, path } = file;
	let worth = Math.log2(1 + configured);
	for (const role of Object.keys(roles) as Role[])
		if (role !== "test") worth += Math.log2(1 + weightOf(roles, role));
	const name = path.slice(path.lastIndexOf("/") + 1);
	// A script that nobody imports is started, with or without a main line.
	const isStart =
		MAIN_NAME.test(name) && (main !== undefined || file.inDegree === 0);
	const bonus = isStart
		? isAux
			? 2
			: 6
		: weightOf(roles, "train") >= 4
			? 1.5
			: 0;
	const start = 0.2 + worth * 0.5 + (isTest ? 0 : bonus);
	return start * (isTest ? 0.05 : 1) * (isAux ? 0.3 : 1);
}
