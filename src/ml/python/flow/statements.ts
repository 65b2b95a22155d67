// Statements in order; branches and loop bodies once each.
import { field, fields, type PyNode } from "../node.ts";
import { accumulate } from "./accumulate.ts";
import { bind, deleteCell } from "./assign.ts";
import { evaluate } from "./expressions.ts";
import {
	countStep,
	type Frame,
	freshId,
	type ModuleScope,
	type World,
} from "./frame.ts";
import { importFromStatement, importStatement } from "./imports.ts";
import { asksForPresence, choosesPart } from "./names.ts";
import { elementOf, type Value, value } from "./value.ts";

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
		conditions: [],
		returned: [],
	};
	if (root) runBlock(frame, root);
	return module;
}

export function runBlock(frame: Frame, block: PyNode): void {
	for (const statement of block.children) run(frame, statement);
}

function run(frame: Frame, node: PyNode): void {
	countStep(frame);
	switch (node.type) {
		case "expression_statement":
			for (const child of node.children) runExpression(frame, child);
			return;
		case "function_definition":
		case "class_definition": {
			const name = field(node, "name")?.text ?? "";
			frame.vars.set(name, value({ callee: { node, frame } }));
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
		case "for_statement":
			runFor(frame, node);
			return;
		case "if_statement":
		case "elif_clause":
		case "while_statement":
			runConditional(frame, node);
			return;
		case "return_statement":
			frame.returned.push(
				node.children[0] ? evaluate(frame, node.children[0]) : value(),
			);
			return;
		case "as_pattern":
			runAsPattern(frame, node);
			return;
		case "delete_statement":
			for (const target of node.children) deleteCell(frame, target);
			return;
		default:
			runParts(frame, node);
	}
}

function runExpression(frame: Frame, node: PyNode): void {
	if (node.type === "assignment") assign(frame, node);
	else if (node.type === "augmented_assignment") accumulate(frame, node);
	else if (node.type === "yield")
		frame.returned.push(
			node.children[0] ? evaluate(frame, node.children[0]) : value(),
		);
	else evaluate(frame, node);
}

function assign(frame: Frame, node: PyNode): Value {
	const [left, right] = [field(node, "left"), field(node, "right")];
	if (!left || !right) return value();
	const since = freshId(frame);
	if (left.type === "subscript" && accumulate(frame, node)) return value();
	const given =
		right.type === "assignment" ? assign(frame, right) : evaluate(frame, right);
	bind(frame, left, given, { node: right, since });
	return given;
}

function runFor(frame: Frame, node: PyNode): void {
	const [left, right, body] = [
		field(node, "left"),
		field(node, "right"),
		field(node, "body"),
	];
	if (!left || !right || !body) return;
	const since = freshId(frame);
	const iterated = evaluate(frame, right);
	bind(frame, left, elementOf(iterated), { node: right, since });
	const outside = frame.conditions;
	runBlock(frame, body);
	frame.conditions = outside;
	for (const other of fields(node, "alternative")) runParts(frame, other);
}

function runConditional(frame: Frame, node: PyNode): void {
	const condition = field(node, "condition");
	const outside = frame.conditions;
	if (condition) {
		const read = evaluate(frame, condition).cells;
		// Whether there is a value says nothing about the value.
		const cells = asksForPresence(condition.text) ? [] : read;
		const selects = choosesPart(condition.text);
		frame.conditions = [...outside, { cells, selects }];
	}
	for (const block of [...fields(node, "consequence"), ...fields(node, "body")])
		runBlock(frame, block);
	const inside = frame.conditions;
	frame.conditions = outside;
	for (const other of fields(node, "alternative")) run(frame, other);
	// After `if row["fold"] == k: continue` the rest of the loop sees some rows only.
	const last = field(node, "consequence")?.children.at(-1)?.type ?? "";
	if (/^(continue|break)_statement$/.test(last))
		frame.conditions = [
			...outside,
			...inside.slice(outside.length).filter(({ selects }) => selects),
		];
}

function runAsPattern(frame: Frame, node: PyNode): void {
	const [content, alias] = [node.children[0], field(node, "alias")];
	if (!content) return;
	const since = freshId(frame);
	const given = evaluate(frame, content);
	if (alias) bind(frame, alias, given, { node: content, since });
}

const HAS_STATEMENTS =
	/^(block|module|else_clause|with_statement|with_clause|with_item|try_statement|except_clause|except_group_clause|finally_clause|match_statement|case_clause)$/;

function runParts(frame: Frame, node: PyNode): void {
	if (!HAS_STATEMENTS.test(node.type)) {
		if (!/_statement$|pattern$/.test(node.type)) evaluate(frame, node);
		else if (/^(assert|raise)_statement$/.test(node.type))
			for (const child of node.children) evaluate(frame, child);
		return;
	}
	for (const child of node.children) run(frame, child);
}
