// What an expression's value is about.
import { field, fields, type PyNode, stringValue } from "../node.ts";
import { bind, unknownName } from "./assign.ts";
import { call } from "./calls.ts";
import { comprehension } from "./comprehensions.ts";
import { countStep, type Frame, freshId, freshPath, lookUp } from "./frame.ts";
import { importedName } from "./imports.ts";
import { subscript } from "./subscripts.ts";
import { stacked, withColumns } from "./table.ts";
import { combine, contentOf, type Value, value } from "./value.ts";
import { write, writtenCopy } from "./writes.ts";

export function evaluate(frame: Frame, node: PyNode): Value {
	countStep(frame);
	const text = stringValue(node);
	if (text !== undefined) return value({ text });
	switch (node.type) {
		case "identifier":
			return lookUp(frame, node.text) ?? unknownOrBuiltin(frame, node.text);
		case "attribute":
			return attribute(frame, node);
		case "subscript":
			return subscript(frame, node);
		case "call":
			return call(frame, node);
		case "list":
		case "tuple":
		case "set":
		case "expression_list":
			return sequence(frame, node);
		case "dictionary":
			return dictionary(frame, node);
		case "list_comprehension":
		case "set_comprehension":
		case "dictionary_comprehension":
		case "generator_expression":
			return comprehension(frame, node);
		case "binary_operator":
			return binary(frame, node);
		case "lambda":
			return value({ callee: { node, frame } });
		case "named_expression":
			return named(frame, node);
		case "parenthesized_expression":
		case "await":
		case "list_splat":
		case "dictionary_splat":
			return node.children[0] ? evaluate(frame, node.children[0]) : value();
		case "conditional_expression":
		case "boolean_operator":
			return either(frame, node);
		case "integer":
		case "float":
		case "true":
		case "false":
		case "none":
			return value();
		default:
			return combine(node.children.map((child) => evaluate(frame, child)));
	}
}

const BUILTIN =
	/^(sum|len|min|max|sorted|list|dict|set|tuple|zip|enumerate|range|map|filter|float|int|str|bool|abs|round|print|open|reversed|iter|next|any|all|isinstance|getattr|super|type|self|cls|_|[A-Z]\w*(Error|Exception|Warning))$/;

function unknownOrBuiltin(frame: Frame, name: string): Value {
	return BUILTIN.test(name)
		? value({ external: name })
		: unknownName(frame, name);
}

/** The shape of the first side that has one; what both sides know. */
function either(frame: Frame, node: PyNode): Value {
	const sides = node.children.map((child) => evaluate(frame, child));
	const shaped = sides.find(
		(side) => side.items ?? side.attrs ?? side.callee ?? side.parts,
	);
	return { ...shaped, ...combine(sides) };
}

function attribute(frame: Frame, node: PyNode): Value {
	const [object, name] = [field(node, "object"), field(node, "attribute")];
	if (!object || !name) return value();
	return attributeOf(frame, evaluate(frame, object), name.text);
}

const SAME_ROWS = /^(loc|iloc|at|iat|values|T|str|dt|cat)$/;
const NO_ROWS = /^(shape|columns|dtypes?|size|ndim|name|fieldnames)$/;

export function attributeOf(frame: Frame, owner: Value, name: string): Value {
	const known =
		owner.attrs?.get(name) ??
		(owner.module && importedName(frame, owner.module, name));
	if (known) return known;
	if (owner.external) return value({ external: `${owner.external}.${name}` });
	if (owner.parts) return subscriptedPart(owner, name);
	if (SAME_ROWS.test(name)) return owner;
	if (NO_ROWS.test(name)) return value();
	// `df.churned` is a column; on an object it is a field, remembered if mutable.
	if (owner.attrs) {
		const fresh = value();
		owner.attrs.set(name, fresh);
		return fresh;
	}
	if (!owner.table) return contentOf(owner);
	return columnOf(owner, name);
}

/** One column of the value's rows. */
export function columnOf(owner: Value, column: string): Value {
	if (!owner.table) return contentOf(owner);
	return value({
		table: withColumns(owner.table, { kept: [column] }),
		cells: [{ path: owner.table.path, column }],
		statistics: owner.statistics,
		grouped: owner.grouped,
	});
}

function subscriptedPart(owner: Value, name: string): Value {
	return value({ parts: owner.parts, text: name });
}

function sequence(frame: Frame, node: PyNode): Value {
	const items = node.children.flatMap((child) => {
		const item = evaluate(frame, child);
		return child.type === "list_splat" && item.items ? item.items : [item];
	});
	const whole = { ...combine(items), items };
	// A list with a statistic and other cells of a row is that row's features.
	return node.type === "list" ? writtenCopy(frame, whole, node) : whole;
}

function dictionary(frame: Frame, node: PyNode): Value {
	const attrs = new Map<string, Value>();
	const content: Value[] = [];
	for (const child of node.children) {
		if (child.type !== "pair") {
			content.push(evaluate(frame, child));
			continue;
		}
		const [key, item] = [field(child, "key"), field(child, "value")];
		if (!key || !item) continue;
		const name = evaluate(frame, key).text;
		const given = evaluate(frame, item);
		if (name !== undefined) attrs.set(name, given);
		content.push(given);
	}
	const whole = writtenCopy(frame, combine(content), node);
	return { ...whole, attrs };
}

function binary(frame: Frame, node: PyNode): Value {
	const sides = ["left", "right"].flatMap((name) =>
		fields(node, name).map((side) => evaluate(frame, side)),
	);
	const operator = field(node, "operator")?.text;
	const both = combine(sides);
	if (operator === "|" && both.table && both.statistics.length) {
		write(frame, both.table, both.statistics, node);
		return both;
	}
	if (operator !== "+") return both;
	const tables = sides.flatMap(({ table, cells }) =>
		table && !cells.length ? [table] : [],
	);
	return tables.length > 1
		? { ...both, table: stacked(tables, () => freshPath(frame)) }
		: both;
}

function named(frame: Frame, node: PyNode): Value {
	const [name, content] = [field(node, "name"), field(node, "value")];
	if (!name || !content) return value();
	const since = freshId(frame);
	const given = evaluate(frame, content);
	bind(frame, name, given, { node: content, since });
	return given;
}
