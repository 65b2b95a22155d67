// Who calls a function of the repository, and what stands in force there.

import type { PyNode } from "../node.ts";
import { nodesOf } from "../nodes.ts";
import type { Program } from "./program.ts";
import type { Scope } from "./scope.ts";
import { pathTo, walk } from "./walk.ts";

export interface Site {
	readonly scope: Scope;
	readonly call: PyNode;
}

const known = new WeakMap<Program, Map<Scope, Site[]>>();

export function callersOf(program: Program, target: Scope): readonly Site[] {
	const all = known.get(program) ?? readAll(program);
	known.set(program, all);
	return all.get(target) ?? [];
}

function readAll(program: Program): Map<Scope, Site[]> {
	const sites = new Map<Scope, Site[]>();
	for (const [path, module] of program.modules) {
		if (nodesOf(module, "call").length === 0) continue;
		for (const scope of program.scopes(path))
			walk(scope.body, (call) => {
				if (call.type !== "call") return;
				const target = program.target(scope, call);
				if (!target) return;
				const earlier = sites.get(target);
				if (earlier) earlier.push({ scope, call });
				else sites.set(target, [{ scope, call }]);
			});
	}
	return sites;
}

const MOST_HOPS = 4;

/**
 * Whether `holds` at a place or on one of the ways that lead there: "unknown"
 * when nothing in the repository calls the function the place is in.
 */
export function somewhereOnTheWay(
	program: Program,
	site: Site,
	holds: (site: Site) => boolean,
	hops = 0,
): boolean | "unknown" {
	if (holds(site)) return true;
	if (!site.scope.name) return false;
	const callers = callersOf(program, site.scope);
	if (!callers.length || hops === MOST_HOPS) return "unknown";
	const answers = callers.map((caller) =>
		somewhereOnTheWay(program, caller, holds, hops + 1),
	);
	if (answers.includes(true)) return true;
	return answers.includes("unknown") ? "unknown" : false;
}

/** What stands around a call within its function, the outermost first. */
export const aroundCall = ({ scope, call }: Site): readonly PyNode[] =>
	pathTo(scope.body, call);
