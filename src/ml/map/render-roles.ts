// One section a role: the files that play it, with the lines that say so.
import type { Evidence, MapFile, MlMap, Role } from "./ml-map.ts";
import { plain } from "./plain.ts";
import type { Detail } from "./render.ts";
import { shorten } from "./render-head.ts";

const TITLES: readonly (readonly [Role, string])[] = [
	["model", "Models"],
	["estimator", "Estimators"],
	["train", "Training"],
	["data", "Data"],
	["split", "Splits"],
	["features", "Features and preprocessing"],
	["eval", "Metrics and evaluation"],
	["loss", "Losses"],
	["tracking", "Tracking"],
	["config", "Configuration"],
	["checkpoint", "Checkpoints"],
	["serve", "Serving and export"],
	["dist", "Distributed"],
	["seed", "Seeding"],
];

export function roleLines(map: MlMap, detail: Detail): string[] {
	const own = map.files.filter(({ isTest }) => !isTest);
	return [
		...TITLES.flatMap(([role, title]) => section(own, role, title, detail)),
		...entries(own, detail),
		...tests(map),
		...leads(map, detail),
	];
}

function section(
	files: readonly MapFile[],
	role: Role,
	title: string,
	detail: Detail,
): string[] {
	const players = files
		.flatMap((file) => {
			const evidence = file.roles[role];
			return evidence ? [{ file, evidence }] : [];
		})
		.sort((a, b) => prominence(b) - prominence(a));
	if (players.length === 0) return [];
	const rest = players.length - detail.files;
	return [
		"",
		`## ${title} (${players.length} ${players.length === 1 ? "file" : "files"})`,
		...players
			.slice(0, detail.files)
			.map(
				({ file, evidence }) =>
					`${plain(file.path)}: ${showEvidence(evidence, detail.evidence)}`,
			),
		...(rest > 0 ? [`+${rest} more files`] : []),
	];
}

function prominence({
	file,
	evidence,
}: {
	file: MapFile;
	evidence: readonly Evidence[];
}): number {
	return file.rank * (file.isAux ? 0.3 : 1) * Math.log2(2 + evidence.length);
}

function showEvidence(evidence: readonly Evidence[], most: number): string {
	const firsts = new Map<string, Evidence>();
	for (const one of evidence)
		if (!firsts.has(one.label)) firsts.set(one.label, one);
	const shown = [...firsts.values()]
		.sort((a, b) => b.weight - a.weight)
		.map(({ line, label }) => `${line} ${plain(label, 60)}`);
	return shorten(shown, most, "; ");
}

function entries(files: readonly MapFile[], { files: most }: Detail): string[] {
	const found = files
		.filter(({ main }) => main !== undefined)
		.sort((a, b) => b.rank - a.rank)
		.map(({ path, main }) => `${plain(path)}:${main}`);
	if (found.length === 0) return [];
	return ["", `## Entry points (${found.length}): ${shorten(found, most * 2)}`];
}

function tests({ files }: MlMap): string[] {
	const own = files.filter(({ isTest }) => isTest);
	if (own.length === 0) return [];
	const folders = Map.groupBy(own, ({ path }) =>
		path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".",
	);
	const shown = [...folders]
		.sort((a, b) => b[1].length - a[1].length)
		.map(([folder, inside]) => `${plain(folder, 80)}(${inside.length})`);
	return [`## Tests (${own.length}): ${shorten(shown, 6)}`];
}

function leads({ riskLeads }: MlMap, { files: most }: Detail): string[] {
	if (riskLeads.length === 0) return [];
	const shown = riskLeads.map(
		({ path, line, rule }) => `${plain(path)}:${line} ${rule}`,
	);
	return [
		`## Risk leads, unverified (${shown.length}): ${shorten(shown, most * 2, "; ")}`,
	];
}
