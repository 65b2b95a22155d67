// What each class is, by its bases: `A` is a model when A(B) and B(nn.Module),
// wherever B stands in the repository.
import type { ClassFacts } from "./facts.ts";
import type { ImportGraph } from "./import-graph.ts";
import { canonicalName } from "./imports.ts";
import type { Role } from "./ml-map.ts";
import { nearest } from "./module-index.ts";
import { endsWith, lastPart, listed } from "./name-roles.ts";
import type { Pace } from "./pace.ts";
import type { KnownFile } from "./read-facts.ts";
import { BASES } from "./tables/bases.ts";

const DEEPEST = 24;
const MOST_NAMESAKES = 200;

const byLast = new Map<string, [ending: string, role: Role][]>();
for (const [role, names] of BASES)
	for (const ending of listed(names)) {
		const last = lastPart(ending);
		byLast.set(last, [...(byLast.get(last) ?? []), [ending, role]]);
	}

interface Place {
	readonly path: string;
	readonly facts: ClassFacts;
}

/** For every path, its classes that have a role; by their names alone when the time is over. */
export async function readClassRoles(
	files: readonly KnownFile[],
	graph: ImportGraph,
	pace: Pace,
): Promise<Map<string, Record<string, Role>>> {
	const byName = new Map<string, Place[]>();
	for (const { path, facts } of files)
		for (const one of facts.classes) {
			const places = byName.get(one.name) ?? [];
			if (places.length < MOST_NAMESAKES) places.push({ path, facts: one });
			byName.set(one.name, places);
		}
	const aliases = new Map(
		files.map(({ path, facts }) => [path, facts.aliases]),
	);
	const known = new Map<ClassFacts, Role | undefined>();

	const roleOf = (place: Place, depth: number): Role | undefined => {
		if (known.has(place.facts)) return known.get(place.facts);
		known.set(place.facts, undefined);
		let role: Role | undefined;
		for (const base of place.facts.bases) {
			role = roleOfBase(base, place, depth);
			if (role) break;
		}
		// A framework's own Trainer has no base that says so.
		role ??= roleByName(place.facts.name);
		known.set(place.facts, role);
		return role;
	};
	const roleOfBase = (base: string, place: Place, depth: number) => {
		const names = aliases.get(place.path) ?? {};
		const canonical = canonicalName(base, names).replace(/^\.+/, "");
		const parent =
			depth < DEEPEST && !pace.isOver()
				? findParent(base, lastPart(canonical), place, byName, graph)
				: undefined;
		const inherited = parent ? roleOf(parent, depth + 1) : undefined;
		return inherited ?? roleByName(canonical);
	};

	const roles = new Map<string, Record<string, Role>>();
	for (const { path, facts } of files) {
		const mine: Record<string, Role> = Object.create(null);
		roles.set(path, mine);
		for (const one of facts.classes) {
			const role = roleOf({ path, facts: one }, 0);
			if (role) mine[one.name] = role;
			await pace.rest();
		}
	}
	return roles;
}

function findParent(
	base: string,
	name: string,
	{ path, facts }: Place,
	byName: ReadonlyMap<string, Place[]>,
	graph: ImportGraph,
): Place | undefined {
	const places = (byName.get(name) ?? []).filter(
		(place) => place.facts !== facts,
	);
	if (places.length === 0) return undefined;
	const home = base.includes(".") ? undefined : graph.find(path, name);
	const wanted =
		home ??
		nearest(
			path,
			places.map((place) => place.path),
		);
	return places.find((place) => place.path === wanted) ?? places[0];
}

function roleByName(canonical: string): Role | undefined {
	return byLast
		.get(lastPart(canonical))
		?.find(([ending]) => endsWith(canonical, ending))?.[1];
}
