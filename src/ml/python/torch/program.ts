// The functions and classes of a repository, and what the names of one file
// mean in another.

import { ModuleIndex } from "../../map/module-index.ts";
import { fullName, importsOf, readCalled } from "../called.ts";
import { field, type PyNode } from "../node.ts";
import { nodesOf } from "../nodes.ts";
import { givenTo, type PyClass, readScope, type Scope } from "./scope.ts";
import { standOf } from "./statements.ts";

const MOST_HOPS = 6;

export interface Made {
	readonly scope: Scope;
	readonly call: PyNode;
	/** What is called. */
	readonly callee: PyNode;
	/** Nothing else is ever given to the name. */
	readonly isSure: boolean;
}

export class Program {
	readonly modules: ReadonlyMap<string, PyNode>;
	readonly #index: ModuleIndex;
	readonly #scopes = new Map<string, Scope>();

	constructor(modules: ReadonlyMap<string, PyNode>) {
		this.modules = modules;
		this.#index = new ModuleIndex([...modules.keys()]);
	}

	scope(path: string): Scope | undefined {
		const module = this.modules.get(path);
		if (!module) return undefined;
		const scope = this.#scopes.get(path) ?? readScope(path, module);
		this.#scopes.set(path, scope);
		return scope;
	}

	/** Every scope of one file, its own lines first. */
	scopes(path: string): Scope[] {
		const all = (scope: Scope): Scope[] => [
			scope,
			...[...scope.functions.values()].flatMap(all),
			...[...scope.classes.values()]
				.flat()
				.flatMap(({ methods }) => [...methods.values()].flatMap(all)),
		];
		const scope = this.scope(path);
		return scope ? all(scope) : [];
	}

	/** The class a name means, seen from `scope`. */
	classOf(scope: Scope, name: PyNode): PyClass | undefined {
		return this.#find(scope, name, ({ classes }, last) =>
			// Notebooks define a class anew further down.
			latest(classes.get(last), name.line),
		);
	}

	/** The repository's own function that a call enters. */
	target(scope: Scope, call: PyNode): Scope | undefined {
		const callee = field(call, "function");
		if (!callee) return undefined;
		const found = this.#find(scope, callee, ({ functions }, last) =>
			functions.get(last),
		);
		if (found || callee.type !== "attribute") return found;
		const [object, method] = [
			field(callee, "object"),
			field(callee, "attribute"),
		];
		const owner = object && this.instanceOf(scope, object);
		return owner && method && this.method(owner, method.text);
	}

	/** Of the class or of the nearest class above that has it. */
	method(owner: PyClass, name: string): Scope | undefined {
		for (const one of this.lineage(owner)) {
			const method = one.methods.get(name);
			if (method) return method;
		}
		return undefined;
	}

	/** The class and those above it, as far as the repository has them. */
	lineage(owner: PyClass): PyClass[] {
		const found = [owner];
		for (const one of found)
			for (const base of one.bases) {
				const home = this.scope(one.path);
				const above = home && this.classOf(home, base);
				if (above && !found.includes(above)) found.push(above);
			}
		return found;
	}

	/** The class of the object that an expression means. */
	instanceOf(scope: Scope, object: PyNode): PyClass | undefined {
		if (/^(self|cls)$/.test(object.text)) return ownerOf(scope);
		const made = this.madeBy(scope, object);
		return made && this.classOf(made.scope, made.callee);
	}

	/** The call that made what an expression means, with what only moves it taken off. */
	madeBy(scope: Scope, object: PyNode, hops = 0): Made | undefined {
		if (hops > MOST_HOPS) return undefined;
		if (object.type === "call") {
			const { method, receiver, positional } = readCalled(object, scope.module);
			if (receiver && MOVES.test(method))
				return this.madeBy(scope, receiver, hops + 1);
			const [inner] = positional;
			if (inner && WRAPS.test(method))
				return this.madeBy(scope, inner, hops + 1);
			const callee = field(object, "function");
			return callee && { scope, call: object, callee, isSure: true };
		}
		if (!/^(identifier|attribute)$/.test(object.type)) return undefined;
		for (const home of this.#homes(scope, object.text)) {
			// `model = wrap(model)` is no news; what made it stands before.
			const all = givenTo(home, object.text).filter(
				({ by, part, value }) =>
					by === "=" && part === undefined && value.text !== object.text,
			);
			const earlier = all.filter(
				({ statement }) => home === scope && statement.line < object.line,
			);
			for (const { value, statement } of [...earlier.toReversed(), ...all]) {
				const made = this.madeBy(home, value, hops + 1);
				const isOnly = all.length === 1;
				const isLast = earlier.at(-1)?.statement === statement;
				const isSure = isOnly || (isLast && isUnconditional(home, statement));
				if (made) return { ...made, isSure: made.isSure && isSure };
			}
		}
		return undefined;
	}

	/** Scopes in which a name may have been written, the nearest first. */
	#homes(scope: Scope, name: string): Scope[] {
		const around: Scope[] = [];
		for (let at: Scope | undefined = scope; at; at = at.outer) around.push(at);
		const owner = name.startsWith("self.") ? ownerOf(scope) : undefined;
		const methods = owner
			? this.lineage(owner).flatMap(({ methods }) => [...methods.values()])
			: [];
		return [...around, ...methods];
	}

	#find<T>(
		scope: Scope,
		name: PyNode,
		read: (scope: Scope, last: string) => T | undefined,
	): T | undefined {
		for (let at: Scope | undefined = scope; at; at = at.outer) {
			const own = read(at, name.text);
			if (own) return own;
		}
		const full = fullName(name, scope.module);
		return full ? this.#defined(scope.path, full, read, 0) : undefined;
	}

	/** In the file a full name points to, or in those that file has it from. */
	#defined<T>(
		path: string,
		full: string,
		read: (scope: Scope, last: string) => T | undefined,
		hops: number,
	): T | undefined {
		const [, dots = "", module = "", last = ""] =
			/^(\.*)(.*?)\.?([^.]*)$/.exec(full) ?? [];
		const from = { module, level: dots.length };
		const file = module || dots ? this.#index.module(path, from) : undefined;
		const paths = file ? [file] : module ? [] : this.#stars(path);
		for (const one of paths) {
			const scope = this.scope(one);
			const own = scope && read(scope, last);
			if (own) return own;
			const onward = scope && importsOf(scope.module).get(last);
			if (scope && hops < MOST_HOPS) {
				const found = this.#defined(one, onward ?? last, read, hops + 1);
				if (found) return found;
			}
		}
		return undefined;
	}

	/** Files of which a file imports everything. */
	#stars(path: string): string[] {
		const module = this.modules.get(path);
		if (!module) return [];
		return nodesOf(module, "import_from_statement").flatMap((statement) => {
			if (!statement.children.some(({ type }) => type === "wildcard_import"))
				return [];
			const source = field(statement, "module_name")?.text ?? "";
			const [level] = [/^\.*/.exec(source)?.[0].length ?? 0];
			const from = { module: source.slice(level), level };
			const file = this.#index.module(path, from);
			return file && file !== path ? [file] : [];
		});
	}
}

/** Methods and functions that give back what they were given. */
const MOVES =
	/^(to|cuda|cpu|double|float|half|train|eval|requires_grad_|apply)$/;
const WRAPS =
	/^(DataParallel|DistributedDataParallel|DDP|compile|prepare|nullcontext)$/;

/** Of a method, also of a function defined in one. */
function ownerOf(scope: Scope): PyClass | undefined {
	for (let at: Scope | undefined = scope; at; at = at.outer)
		if (at.owner) return at.owner;
	return undefined;
}

/** Of what a name was defined as more than once, the last before a line. */
function latest(
	all: readonly PyClass[] | undefined,
	line: number,
): PyClass | undefined {
	return all?.findLast(({ node }) => node.line <= line) ?? all?.at(-1);
}

function isUnconditional(scope: Scope, statement: PyNode): boolean {
	const stand = standOf(scope, statement);
	return !stand?.inside.some(({ type }) =>
		/^(if|try|for|while)_statement$/.test(type),
	);
}
