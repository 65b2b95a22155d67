// Imports between the files of the repository; all others are external names.
import { field, fields, type PyNode } from "../node.ts";
import { findModule } from "../repository.ts";
import { type Datum, datum } from "./datum.ts";
import type { Frame, ModuleScope } from "./scope.ts";
import { runModule } from "./statements.ts";

export function importStatement(frame: Frame, node: PyNode): void {
	for (const item of fields(node, "name")) {
		const [name, alias] = namesOf(item);
		const found = moduleAt(frame, name, 0);
		const [head = name] = name.split(".");
		const given = found
			? datum({ module: found })
			: datum({ external: alias ? name : head });
		if (alias || !name.includes(".")) frame.vars.set(alias ?? name, given);
		else bindDotted(frame, name, given);
	}
}

export function importFromStatement(frame: Frame, node: PyNode): void {
	const source = field(node, "module_name");
	if (!source) return;
	const dots = /^\.*/.exec(source.text)?.[0].length ?? 0;
	const name = source.text.slice(dots);
	const module = moduleAt(frame, name, dots);
	if (node.children.some(({ type }) => type === "wildcard_import")) {
		for (const [key, given] of module?.vars ?? []) frame.vars.set(key, given);
		return;
	}
	for (const item of fields(node, "name")) {
		const [imported, alias = imported] = namesOf(item);
		const inner = [name, imported].filter(Boolean).join(".");
		const submodule = moduleAt(frame, inner, dots);
		const given =
			module?.vars.get(imported) ??
			(submodule && datum({ module: submodule })) ??
			datum({ external: inner });
		frame.vars.set(alias, given);
	}
}

/** A name of a module of the repository, or a module inside that package. */
export function importedName(
	frame: Frame,
	module: ModuleScope,
	name: string,
): Datum | undefined {
	const known = module.vars.get(name);
	if (known) return known;
	const folder = module.path.split("/").slice(0, -1).join("/");
	const inside = [`${folder}/${name}.py`, `${folder}/${name}/__init__.py`];
	const path = inside.find((it) => frame.world.repository.modules.has(it));
	return path ? datum({ module: runModule(frame.world, path) }) : undefined;
}

function namesOf(item: PyNode): [string, string?] {
	if (item.type !== "aliased_import") return [item.text];
	const [name, alias] = [field(item, "name"), field(item, "alias")];
	return [name?.text ?? "", alias?.text ?? ""];
}

function moduleAt(
	{ world, module }: Frame,
	name: string,
	dots: number,
): ModuleScope | undefined {
	const known = world.repository.modules;
	const path = findModule(known, module.path, name, dots);
	return path ? runModule(world, path) : undefined;
}

/** `import churn.columns` makes `churn` a name whose field is the module. */
function bindDotted(frame: Frame, name: string, given: Datum): void {
	const [head = "", ...rest] = name.split(".");
	const last = rest.pop() ?? "";
	let at = frame.vars.get(head) ?? datum({ attrs: new Map() });
	frame.vars.set(head, at);
	for (const part of rest) {
		const next: Datum = at.attrs?.get(part) ?? datum({ attrs: new Map() });
		at.attrs?.set(part, next);
		at = next;
	}
	if (at.external === undefined && given.external === undefined)
		at.attrs?.set(last, given);
	else at.external = head;
}
