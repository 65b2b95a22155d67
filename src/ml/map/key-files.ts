// What to read first: those the task's words point to, and for each role the
// file that plays it best.

import { isPackageFile } from "./file-kind.ts";
import { weightOf, weightOfAll } from "./file-roles.ts";
import type { KeyFile, MapFile, MlMap, Role } from "./ml-map.ts";
import { readingRanges } from "./reading-ranges.ts";
import { ROLE_NAMES } from "./tables/role-names.ts";
import { taskFiles } from "./task-files.ts";

const MOST = 10;
const MOST_FOR_TASK = 5;
/** Against the best of them. */
const FAR_FROM_BEST = 0.4;
/** Below this, nobody plays the role. */
const LEAST = 0.35;

const ORDER: readonly Role[] = [
	"train",
	"model",
	"data",
	"features",
	"eval",
	"config",
	"split",
	"entry",
	"tracking",
	"serve",
	"loss",
	"estimator",
	"checkpoint",
];
/** Worth a second file; the others are told by the first. */
const AGAIN: readonly Role[] = [
	"train",
	"model",
	"data",
	"features",
	"eval",
	"entry",
];

export function keyFiles(map: MlMap, text = ""): KeyFile[] {
	const chosen = new Map<MapFile, KeyFile["why"]>();
	const byPath = new Map(map.files.map((file) => [file.path, file]));
	const forTask = text.trim() ? taskFiles(map, text, MOST_FOR_TASK) : [];
	for (const { path, score } of forTask) {
		const file = byPath.get(path);
		if (file && score >= FAR_FROM_BEST * (forTask[0]?.score ?? 0))
			chosen.set(file, "task");
	}
	chooseChampions(map, chosen);
	return [...chosen].map(([file, why]) => ({
		path: file.path,
		why,
		ranges: readingRanges(file, text),
	}));
}

function chooseChampions(
	map: MlMap,
	chosen: Map<MapFile, KeyFile["why"]>,
): void {
	const candidates = map.files.filter(
		(file) => !file.isTest && weightOfAll(file.roles) > 0,
	);
	const champion = (role: Role) => {
		let best: MapFile | undefined;
		let most = LEAST;
		for (const file of candidates) {
			if (chosen.has(file)) continue;
			const beside = [...chosen.keys()].filter(
				({ path }) => folderOf(path) === folderOf(file.path),
			).length;
			const score = mastery(file, role, map.files.length) / (1 + 0.3 * beside);
			if (score > most) [best, most] = [file, score];
		}
		return best;
	};
	const isPlayed = (role: Role) =>
		[...chosen.keys()].some(({ roles }) => weightOf(roles, role) >= 3);
	for (const roles of [ORDER, AGAIN])
		for (const role of roles) {
			if (chosen.size >= MOST) return;
			const isVital = AGAIN.indexOf(role) < 3 && roles === ORDER;
			if (
				roles === ORDER &&
				!(isVital && AGAIN.includes(role)) &&
				isPlayed(role)
			)
				continue;
			const best = champion(role);
			if (best) chosen.set(best, role);
		}
}

/** How well a file plays a role: clearly, mainly, by name, and centrally. */
function mastery(file: MapFile, role: Role, count: number): number {
	const weight = weightOf(file.roles, role);
	if (weight === 0) return 0;
	const share = weight / weightOfAll(file.roles);
	const central = 0.25 + Math.min(1.5, Math.sqrt(file.rank * count) / 2.5);
	return (
		Math.log2(1 + Math.min(weight, 20)) *
		(0.5 + 0.5 * share) *
		central *
		(ROLE_NAMES[role]?.test(file.path) ? 1.7 : 1) *
		(file.isAux ? 0.25 : 1) *
		(isPackageFile(file.path) ? 0.3 : 1)
	);
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
