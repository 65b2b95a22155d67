// What an expression's value is made of.
import { field, fields, type PyNode, stringValue } from "../node.ts";
import { attributeOf } from "./attributes.ts";
import { bind } from "./bind.ts";
import { call } from "./calls.ts";
import { comprehension, dictionary, sequence } from "./collections.ts";
import { addTaints, combine, type Datum, datum, either } from "./datum.ts";
import { combineMasks, comparisonMask } from "./masks.ts";
import { noteComparison } from "./measures.ts";
import { not } from "./rows.ts";
import { countStep, type Frame, lookUp, unknown } from "./scope.ts";
import { subscript } from "./subscripts.ts";

export function evaluate(frame: Frame, node: PyNode): Datum {
	countStep(frame);
	switch (node.type) {
		case "string":
		case "concatenated_string":
			return text(frame, node);
		case "identifier":
			return lookUp(frame, node.text) ?? unknownOrBuiltin(frame, node.text);
		case "integer":
		case "float":
			return datum({ number: Number(node.text.replaceAll("_", "")) });
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
		case "comparison_operator":
			return comparison(frame, node);
		case "binary_operator":
			return binary(frame, node);
		case "unary_operator":
			return unary(frame, node);
		case "lambda":
			return datum({ callee: { node, frame } });
		case "named_expression":
			return named(frame, node);
		case "parenthesized_expression":
		case "await":
		case "list_splat":
		case "dictionary_splat":
			return node.children[0] ? evaluate(frame, node.children[0]) : datum();
		case "conditional_expression":
			return conditional(frame, node);
		case "boolean_operator":
			return either(node.children.map((side) => evaluate(frame, side)));
		case "true":
		case "false":
		case "none":
			return datum();
		case "lambda_parameters":
			return datum();
		default:
			return combine(node.children.map((child) => evaluate(frame, child)));
	}
}

function text(frame: Frame, node: PyNode): Datum {
	const known = stringValue(node);
	if (known !== undefined) return datum({ text: known });
	for (const child of node.children) evaluate(frame, child);
	return datum();
}

const BUILTIN =
	/^(sum|len|min|max|sorted|list|dict|set|tuple|zip|enumerate|range|xrange|map|filter|float|int|str|bool|abs|round|print|open|reversed|iter|next|any|all|isinstance|hasattr|getattr|setattr|super|type|display|input|exit|id|hash|ord|chr|[A-Z]\w*(Error|Exception|Warning))$/;

function unknownOrBuiltin(frame: Frame, name: string): Datum {
	if (BUILTIN.test(name)) return datum({ external: name });
	// Remembered, so that it stays the same wherever it is read.
	const fresh = unknown();
	frame.module.vars.set(name, fresh);
	return fresh;
}

function attribute(frame: Frame, node: PyNode): Datum {
	const [object, name] = [field(node, "object"), field(node, "attribute")];
	if (!object || !name) return datum();
	return attributeOf(frame, evaluate(frame, object), name.text);
}

/** `1 if age > ages.mean() else 0`: what is asked goes into the answer. */
function conditional(frame: Frame, node: PyNode): Datum {
	const [yes, asked, no] = node.children.map((side) => evaluate(frame, side));
	const answer = either([yes ?? datum(), no ?? datum()]);
	if (!asked) return answer;
	const aggregates = addTaints(answer.aggregates, asked.aggregates);
	return { ...answer, ...mixed({ ...answer, aggregates }) };
}

function mixed({ rows, taints, aggregates }: Datum): Partial<Datum> {
	return rows.length
		? { taints: addTaints(taints, aggregates), aggregates: [] }
		: { aggregates };
}

function comparison(frame: Frame, node: PyNode): Datum {
	const sides = node.children.map((side) => evaluate(frame, side));
	if (/[<>]/.test(node.text)) noteComparison(frame, node, sides);
	const mask = comparisonMask(node, sides);
	return { ...combine(sides), index: mask };
}

const SET_OPERATORS = /^[&|]$/;

function binary(frame: Frame, node: PyNode): Datum {
	const sides = ["left", "right"].flatMap((name) =>
		fields(node, name).map((side) => evaluate(frame, side)),
	);
	const operator = field(node, "operator")?.text ?? "";
	const both = combine(sides);
	const [left, right] = sides;
	// `i + window`: still a position.
	const position = sides.find(({ index, rows }) => index && !rows.length);
	if (position && /^[-+*]$/.test(operator)) return datum(position);
	if (SET_OPERATORS.test(operator))
		return { ...both, index: combineMasks(operator, left, right) };
	if (operator === "+" && left?.items && right?.items)
		return { ...both, items: [...left.items, ...right.items] };
	// `[network] * 5`, `-1 * x`
	if (operator === "*" && left?.items && !left.rows.length) return left;
	return both;
}

function unary(frame: Frame, node: PyNode): Datum {
	const given = node.children[0] ? evaluate(frame, node.children[0]) : datum();
	const operator = field(node, "operator")?.text;
	if (operator === "~" && given.index?.length) {
		const last = given.index.at(-1);
		const only = given.index.length === 1 && last;
		return { ...given, index: only ? [not(only)] : undefined };
	}
	if (operator === "-" && given.number !== undefined)
		return datum({ number: -given.number });
	return given;
}

function named(frame: Frame, node: PyNode): Datum {
	const [name, content] = [field(node, "name"), field(node, "value")];
	if (!name || !content) return datum();
	const given = evaluate(frame, content);
	bind(frame, name, given);
	return given;
}
