// How import statements bind names, whatever a tracer knows of what they hold:
// files of the repository by their modules, all others as external names.
import { field, fields, type PyNode } from "./node.ts";
import { findModule, type PythonRepository } from "./repository.ts";

/** What a tracer knows of an imported thing. */
export interface Imported<V> {
	attrs?: Map<string, V> | undefined;
	module?: Scope<V> | undefined;
	external?: string | undefined;
}

interface Scope<V> {
	readonly path: string;
	readonly vars: Map<string, V>;
}

interface Importer<V> {
	readonly world: { readonly repository: PythonRepository };
	readonly module: Scope<V>;
	readonly vars: Map<string, V>;
}

export function bindImports<V extends Imported<V>, F extends Importer<V>>(
	make: (known: Imported<V>) => V,
	runModule: (world: F["world"], path: string) => Scope<V>,
) {
	function importStatement(frame: F, node: PyNode): void {
		for (const item of fields(node, "name")) {
			const [name, alias] = namesOf(item);
			const found = moduleAt(frame, name, 0);
			const [head = name] = name.split(".");
			const given = found
				? make({ module: found })
				: make({ external: alias ? name : head });
			if (alias || !name.includes(".")) frame.vars.set(alias ?? name, given);
			else bindDotted(frame, name, given);
		}
	}

	function importFromStatement(frame: F, node: PyNode): void {
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
				(submodule && make({ module: submodule })) ??
				make({ external: inner });
			frame.vars.set(alias, given);
		}
	}

	/** A name of a module of the repository, or a module inside that package. */
	function importedName(
		frame: F,
		module: Scope<V>,
		name: string,
	): V | undefined {
		const known = module.vars.get(name);
		if (known) return known;
		const folder = module.path.split("/").slice(0, -1).join("/");
		const inside = [`${folder}/${name}.py`, `${folder}/${name}/__init__.py`];
		const path = inside.find((it) => frame.world.repository.modules.has(it));
		return path ? make({ module: runModule(frame.world, path) }) : undefined;
	}

	function moduleAt(
		{ world, module }: F,
		name: string,
		dots: number,
	): Scope<V> | undefined {
		const known = world.repository.modules;
		const path = findModule(known, module.path, name, dots);
		return path ? runModule(world, path) : undefined;
	}

	/** `import churn.columns` makes `churn` a name whose field is the module. */
	function bindDotted(frame: F, name: string, given: V): void {
		const [head = "", ...rest] = name.split(".");
		const last = rest.pop() ?? "";
		let at = frame.vars.get(head) ?? make({ attrs: new Map() });
		frame.vars.set(head, at);
		for (const part of rest) {
			const next: V = at.attrs?.get(part) ?? make({ attrs: new Map() });
			at.attrs?.set(part, next);
			at = next;
		}
		if (at.external === undefined && given.external === undefined)
			at.attrs?.set(last, given);
		else at.external = head;
	}

	return { importStatement, importFromStatement, importedName };
}

function namesOf(item: PyNode): [string, string?] {
	if (item.type !== "aliased_import") return [item.text];
	const [name, alias] = [field(item, "name"), field(item, "alias")];
	return [name?.text ?? "", alias?.text ?? ""];
}
