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
/** Below this, nobody plays the role clearly, or at all. */
const CLEAR = 0.35;
const FAINT = 0.15;

interface Candidate {
	readonly file: MapFile | undefined;
	readonly role: Role;
	readonly score: number;
}

const NOBODY: Candidate = { file: undefined, role: "train", score: 0 };

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
/** Told by a file of their own, even if another does it too. */
const VITAL: readonly Role[] = ["train", "model", "data"];
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
	for (const [file, role] of champions(map))
		if (chosen.size < MOST && !chosen.has(file)) chosen.set(file, role);
	return [...chosen].map(([file, why]) => ({
		path: file.path,
		why,
		ranges: readingRanges(file, text),
	}));
}

function champions(map: MlMap): Map<MapFile, Role> {
	const chosen = new Map<MapFile, Role>();
	const candidates = map.files.filter(
		(file) => !file.isTest && weightOfAll(file.roles) > 0,
	);
	/** Folders that are told already count less, so that others are seen. */
	const crowding = (file: MapFile) =>
		1 +
		0.3 *
			[...chosen.keys()].filter(
				({ path }) => folderOf(path) === folderOf(file.path),
			).length;
	const choose = (roles: readonly Role[], least: number) => {
		const free = candidates.filter((file) => !chosen.has(file));
		const best = free
			.flatMap((file) =>
				roles.map((role) => ({
					file,
					role,
					score: mastery(file, role, map.files.length) / crowding(file),
				})),
			)
			.reduce<Candidate>((a, b) => (b.score > a.score ? b : a), NOBODY);
		if (best.file && best.score > least) chosen.set(best.file, best.role);
		return best.score > least;
	};
	const isPlayed = (role: Role) =>
		[...chosen.keys()].some(({ roles }) => weightOf(roles, role) >= 3);
	for (const role of ORDER)
		if (chosen.size < MOST && (VITAL.includes(role) || !isPlayed(role)))
			choose([role], CLEAR);
	for (const role of AGAIN) if (chosen.size < MOST) choose([role], CLEAR);
	// A small repository is read nearly whole.
	while (chosen.size < MOST && choose(ORDER, FAINT));
	return chosen;
}

/** How well a file plays a role: clearly, mainly, by name, and centrally. */
function mastery(file: MapFile, role: Role, count: number): number {
	const weight = weightOf(file.roles, role);
	if (weight === 0) return 0;
	const share = weight / weightOfAll(file.roles);
	const central = 0.25 + Math.min(1.5, Math.sqrt(file.rank * count) / 2.5);
	const isNamedSo = file.path.replace(/^.*\/|\.\w+$/g, "") === role;
	return (
		Math.log2(1 + Math.min(weight, 20)) *
		(0.5 + 0.5 * share) *
		central *
		(isNamedSo ? 2.5 : ROLE_NAMES[role]?.test(file.path) ? 1.7 : 1) *
		(file.isAux ? 0.25 : 1) *
		(isPackageFile(file.path) ? 0.3 : 1)
	);
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
