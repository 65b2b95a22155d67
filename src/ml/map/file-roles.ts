// Which roles a file plays, and the lines that say so: its calls, its classes
// by the whole repository's hierarchy, its main line.

import type { FileFacts } from "./facts.ts";
import { isTestPath } from "./file-kind.ts";
import type { Evidence, MapFile, Role } from "./ml-map.ts";
import { METHODS, SETTINGS_CLASS } from "./tables/bases.ts";

/** A class that is something outweighs a call that uses it. */
const CLASS = 3;
const METHOD = 3;
const MAIN = 2;

export function readRoles(
	path: string,
	facts: FileFacts,
	classRoles: Readonly<Record<string, Role>>,
): MapFile["roles"] {
	const roles: Partial<Record<Role, Evidence[]>> = {};
	const add = (role: Role, evidence: Evidence) => {
		const known = roles[role];
		if (known) known.push(evidence);
		else roles[role] = [evidence];
	};
	for (const one of facts.classes) {
		const role = classRoles[one.name];
		const place = { line: one.line, ...cellOf(one) };
		const label = `${one.name}(${one.bases.slice(0, 2).join(",")})`;
		if (role) add(role, { ...place, label, weight: CLASS });
		if (SETTINGS_CLASS.test(one.name))
			add("config", { ...place, label: `class ${one.name}`, weight: 1 });
		if (!role) continue;
		for (const { name, line } of one.methods)
			for (const [method, role] of METHODS)
				if (method === name)
					add(role, {
						...place,
						line,
						label: `${one.name}.${name}`,
						weight: METHOD,
					});
	}
	for (const { role, ...evidence } of facts.evidence) add(role, evidence);
	if (facts.main)
		add("entry", { line: facts.main, label: "__main__", weight: MAIN });
	if (isTestPath(path)) add("test", { line: 1, label: "test", weight: 1 });
	return roles;
}

function cellOf({ cell }: { readonly cell?: number }) {
	return cell === undefined ? {} : { cell };
}

export function weightOf(roles: MapFile["roles"], role: Role): number {
	return (roles[role] ?? []).reduce((sum, { weight }) => sum + weight, 0);
}

/** Of all roles that say what a file does; tests are told apart elsewhere. */
export function weightOfAll(roles: MapFile["roles"]): number {
	return (Object.keys(roles) as Role[])
		.filter((role) => role !== "test")
		.reduce((sum, role) => sum + weightOf(roles, role), 0);
}
