// Statements in order; branches once each, loops over known items once per item.
import { field, fields, type PyNode } from "../node.ts";
import { bind, drop } from "./bind.ts";
import { combine, type Datum, datum, either, elementOf } from "./datum.ts";
import { evaluate } from "./expressions.ts";
import { importFromStatement, importStatement } from "./imports.ts";
import {
	countStep,
	type Frame,
	type ModuleScope,
	setName,
	type World,
} from "./scope.ts";

/** Runs a file's top level, once; a circular import sees what is there so far. */
export function runModule(world: World, path: string): ModuleScope {
	const known = world.modules.get(path);
	if (known) return known;
	const module: ModuleScope = { path, vars: new Map() };
	world.modules.set(path, module);
	const root = world.repository.modules.get(path);
	const frame: Frame = {
		world,
		module,
		vars: module.vars,
		globals: new Set(),
		returned: [],
	};
	if (root) runBlock(frame, root);
	return module;
}

export function runBlock(frame: Frame, block: PyNode): void {
	for (const statement of block.children) run(frame, statement);
}

/** What only groups statements, a parser's error among them. */
const GROUPS =
	/^(block|module|ERROR|else_clause|with_statement|with_clause|try_statement|except_clause|except_group_clause|finally_clause|match_statement|case_clause|print_statement|assert_statement|raise_statement|expression_list_statement)$/;

function run(frame: Frame, node: PyNode): void {
	countStep(frame);
	switch (node.type) {
		case "expression_statement":
			for (const child of node.children) runExpression(frame, child);
			return;
		case "function_definition":
		case "class_definition": {
			const name = field(node, "name")?.text ?? "";
			setName(frame, name, datum({ callee: { node, frame } }));
			return;
		}
		case "decorated_definition":
			for (const child of fields(node, "definition")) run(frame, child);
			return;
		case "import_statement":
			importStatement(frame, node);
			return;
		case "import_from_statement":
			importFromStatement(frame, node);
			return;
		case "global_statement":
		case "nonlocal_statement":
			for (const child of node.children) frame.globals.add(child.text);
			return;
		case "for_statement":
			runFor(frame, node);
			return;
		case "if_statement":
			runBranches(frame, node);
			return;
		case "while_statement":
			frame.world.loops.push("while");
			for (const child of node.children) run(frame, child);
			frame.world.loops.pop();
			return;
		case "elif_clause":
			for (const child of node.children) run(frame, child);
			return;
		case "return_statement":
			frame.returned.push(
				node.children[0] ? evaluate(frame, node.children[0]) : datum(),
			);
			return;
		case "with_item":
			runWith(frame, node);
			return;
		case "delete_statement":
			for (const target of node.children) drop(frame, target);
			return;
		default:
			if (GROUPS.test(node.type)) runBlock(frame, node);
			else if (!/_statement$|pattern$/.test(node.type))
				runExpression(frame, node);
	}
}

function runExpression(frame: Frame, node: PyNode): void {
	if (node.type === "assignment") assign(frame, node);
	else if (node.type === "augmented_assignment") augment(frame, node);
	else if (node.type === "yield") {
		const given = node.children.map((child) => evaluate(frame, child));
		frame.returned.push(given.length === 1 ? combineYield(given) : datum());
	} else evaluate(frame, node);
}

/** A generator: what iterating it gives. */
function combineYield([given]: readonly Datum[]): Datum {
	const each = given ?? datum();
	return { ...combine([each, ...(each.items ?? [])]), each };
}

function assign(frame: Frame, node: PyNode): Datum {
	const [left, right] = [field(node, "left"), field(node, "right")];
	if (!left || !right) return datum();
	const given =
		right.type === "assignment" ? assign(frame, right) : evaluate(frame, right);
	bind(frame, left, given);
	return given;
}

function augment(frame: Frame, node: PyNode): void {
	const [left, right] = [field(node, "left"), field(node, "right")];
	if (!left || !right) return;
	const [old, given] = [evaluate(frame, left), evaluate(frame, right)];
	const both = combine([old, given]);
	const joined = old.items && given.items && [...old.items, ...given.items];
	bind(frame, left, joined ? { ...both, items: joined } : both);
}

/** Every branch starts from what was there before; afterwards any may have run. */
function runBranches(frame: Frame, node: PyNode): void {
	const [condition, ...branches] = node.children;
	if (condition) evaluate(frame, condition);
	const outer = frame.changes;
	const ends: Map<string, Datum | undefined>[] = [];
	const before = new Map<string, Datum | undefined>();
	for (const branch of branches) {
		const changes = new Map<string, Datum | undefined>();
		frame.changes = changes;
		run(frame, branch);
		const end = new Map<string, Datum | undefined>();
		for (const [name, old] of changes) {
			end.set(name, frame.vars.get(name));
			before.set(name, old);
			if (old) frame.vars.set(name, old);
			else frame.vars.delete(name);
		}
		ends.push(end);
	}
	frame.changes = outer;
	const complete = branches.some(({ type }) => type === "else_clause");
	for (const [name, old] of before) {
		const values = ends.map((end) => (end.has(name) ? end.get(name) : old));
		if (!complete) values.push(old);
		const [only, ...others] = new Set(values.flatMap((one) => one ?? []));
		if (only)
			setName(frame, name, others.length ? either([only, ...others]) : only);
	}
}

const MOST_ROUNDS = 16;
const FEW_ROUNDS = 4;

function runFor(frame: Frame, node: PyNode): void {
	const [left, right, body] = [
		field(node, "left"),
		field(node, "right"),
		field(node, "body"),
	];
	if (!left || !right || !body) return;
	const iterated = evaluate(frame, right);
	const { loops } = frame.world;
	loops.push(left.text);
	// Inside of another loop a few rounds have to stand for all.
	const most = loops.length > 1 ? FEW_ROUNDS : MOST_ROUNDS;
	for (const element of roundsOf(iterated, most)) {
		bind(frame, left, element);
		runBlock(frame, body);
	}
	loops.pop();
	for (const other of fields(node, "alternative")) run(frame, other);
}

export function roundsOf(iterated: Datum, most = MOST_ROUNDS): Datum[] {
	const { items, attrs } = iterated;
	if (items?.length && items.length <= most) return items;
	if (attrs?.size && attrs.size <= most && !iterated.rows.length)
		return [...attrs.keys()].map((text) => datum({ text }));
	return [elementOf(iterated)];
}

function runWith(frame: Frame, node: PyNode): void {
	const [content] = node.children;
	if (!content) return;
	if (content.type !== "as_pattern") {
		evaluate(frame, content);
		return;
	}
	const [made] = content.children;
	const alias = field(content, "alias");
	const given = made ? evaluate(frame, made) : datum();
	if (alias) bind(frame, alias, given);
}

/** What a function gives that returns in several places. */
export function together(returned: readonly Datum[]): Datum {
	const [only, ...others] = returned;
	return others.length ? either(returned) : (only ?? datum());
}
