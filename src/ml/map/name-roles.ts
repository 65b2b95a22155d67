// From the canonical name of a call to the roles it speaks for.
import type { Role } from "./ml-map.ts";
import { CALLS, NOT_ON_RECEIVERS, ON_RECEIVERS } from "./tables/calls.ts";

/** By last part: the whole ending and its role. */
const ends = new Map<string, [ending: string, role: Role][]>();
const under = new Map<string, Role[]>();

for (const [role, names] of Object.entries(CALLS) as [
	Role,
	(typeof CALLS)["data"] & object,
][]) {
	for (const ending of listed(names.ends))
		put(ends, lastPart(ending), [ending, role]);
	for (const module of listed(names.under)) put(under, module, role);
}

/** `name` as written, `canonical` with its aliases resolved. */
export function rolesOfCall(name: string, canonical: string): Set<Role> {
	const roles = new Set<Role>();
	const last = lastPart(canonical);
	const receiver = name.slice(0, -last.length - 1);
	for (const [ending, role] of ends.get(last) ?? [])
		if (endsWith(canonical, ending) && !isExcluded(last, receiver))
			roles.add(role);
	for (const row of ON_RECEIVERS)
		if (listed(row.ends).includes(last) && row.receiver.test(receiver))
			roles.add(row.role);
	for (let at = canonical.indexOf("."); at > 0; ) {
		for (const role of under.get(canonical.slice(0, at)) ?? []) roles.add(role);
		at = canonical.indexOf(".", at + 1);
	}
	return roles;
}

const isExcluded = (last: string, receiver: string) =>
	NOT_ON_RECEIVERS.some(
		(row) => listed(row.ends).includes(last) && row.receiver.test(receiver),
	);

/** Whether a dotted name ends so, at a dot. */
export function endsWith(name: string, ending: string): boolean {
	return name === ending || name.endsWith(`.${ending}`);
}

export function lastPart(name: string): string {
	return name.slice(name.lastIndexOf(".") + 1);
}

export function listed(names: string): string[] {
	return names.split(" ").filter((name) => name !== "");
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
	const known = map.get(key);
	if (known) known.push(value);
	else map.set(key, [value]);
}
