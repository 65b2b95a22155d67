// The lines of one file that speak for a role: calls and decorators, by name.
import type { CallEvidence } from "./facts.ts";
import { canonicalName } from "./imports.ts";
import type { Role } from "./ml-map.ts";
import { rolesOfCall } from "./name-roles.ts";
import type { Outline } from "./python-facts.ts";
import { DECORATORS } from "./tables/decorators.ts";

/** A role is as clear after some lines as after a thousand. */
const MOST_OF_A_ROLE = 24;

export function readEvidence({
	calls,
	decorators,
	aliases,
}: Outline): CallEvidence[] {
	const found: CallEvidence[] = [];
	const counts = new Map<Role, number>();
	const add = (one: CallEvidence) => {
		const count = (counts.get(one.role) ?? 0) + 1;
		counts.set(one.role, count);
		if (count <= MOST_OF_A_ROLE) found.push(one);
	};
	for (const { name, line, args } of calls) {
		// `exec(open("configurator.py").read())`: settings by running a file.
		if (name === "exec" && args.includes("read()"))
			add({ role: "config", line, label: "exec(… .read())", weight: 1 });
		for (const role of rolesOfCall(name, canonicalName(name, aliases)))
			add({ role, line, label: name, weight: 1 });
	}
	for (const { name, line } of decorators) {
		const canonical = canonicalName(name, aliases);
		for (const { role, name: wanted, weight } of DECORATORS)
			if (wanted.test(canonical) || wanted.test(name))
				add({ role, line, label: `@${name}`, weight });
	}
	return found;
}
