// What an expression's value is made of.
import { field, fields, type PyNode, stringValue } from "../node.ts";
import { bind } from "./bind.ts";
import { call } from "./calls.ts";
import {
	addTaints,
	combine,
	contentOf,
	type Datum,
	datum,
	either,
	elementOf,
} from "./datum.ts";
import { importedName } from "./imports.ts";
import { combineMasks, comparisonMask } from "./masks.ts";
import { isMeta } from "./names.ts";
import { not } from "./rows.ts";
import { becomeRows, countStep, type Frame, lookUp, unknown } from "./scope.ts";
import { roundsOf } from "./statements.ts";
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

const SAME_ROWS = /^(loc|iloc|at|iat|ix|values|str|dt|cat|flat|data|T)$/;

export function attributeOf(frame: Frame, owner: Datum, name: string): Datum {
	const known =
		owner.attrs?.get(name) ??
		(owner.module && importedName(frame, owner.module, name));
	if (known) return known;
	if (owner.external) return datum({ external: `${owner.external}.${name}` });
	if (name === "shape")
		return datum({
			counts: owner.rows,
			items: [datum({ counts: owner.rows }), datum()],
		});
	if (name === "index" && owner.rows.length)
		return datum({ rows: owner.rows, index: segmentsOf(owner) });
	if (isMeta(name)) return datum();
	if (owner.estimator) return learnedAttribute(owner, name);
	if (owner.attrs) {
		const fresh = unknown();
		owner.attrs.set(name, fresh);
		return fresh;
	}
	if (SAME_ROWS.test(name)) {
		const single = /^(str|dt|cat)$/.test(name);
		return { ...owner, single, base: owner.base ?? owner };
	}
	if (!owner.rows.length) return unknownAttribute(owner, name);
	return columnsOf(owner, [name]);
}

/** `scaler.mean_`, `search.best_estimator_`, `model.layers`. */
function learnedAttribute(owner: Datum, name: string): Datum {
	if (
		/^(best_estimator_|model|estimator|base_estimator|best_model)$/.test(name)
	)
		return owner;
	if (/_$/.test(name))
		return datum({ aggregates: owner.estimator?.learned ?? [] });
	return datum();
}

/** A field of something unknown is remembered on it. */
function unknownAttribute(owner: Datum, name: string): Datum {
	if (owner.text !== undefined || owner.aggregates.length)
		return contentOf(owner);
	const fresh = datum({ base: owner });
	owner.attrs = new Map([[name, fresh]]);
	return fresh;
}

function segmentsOf({ rows }: Datum) {
	return rows.length === 1 ? (rows[0]?.segments ?? []) : [];
}

/** Some of the columns: what was written into the others stays behind. */
export function columnsOf(owner: Datum, columns: readonly string[]): Datum {
	return datum({
		rows: owner.rows,
		taints: owner.taints.filter(
			({ into }) => into === undefined || columns.includes(into),
		),
		aggregates: owner.aggregates,
		applied: owner.applied,
		columns,
		grouped: owner.grouped,
		base: owner.base ?? owner,
	});
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

function sequence(frame: Frame, node: PyNode): Datum {
	const items = node.children.flatMap((child) => {
		const item = evaluate(frame, child);
		return child.type === "list_splat" && item.items ? item.items : [item];
	});
	return { ...combine(items), items };
}

function dictionary(frame: Frame, node: PyNode): Datum {
	const attrs = new Map<string, Datum>();
	const content: Datum[] = [];
	for (const child of node.children) {
		const [key, item] = [field(child, "key"), field(child, "value")];
		if (child.type !== "pair" || !key || !item) {
			const more = evaluate(frame, child);
			for (const [name, given] of more.attrs ?? []) attrs.set(name, given);
			content.push(more);
			continue;
		}
		const name = evaluate(frame, key).text ?? key.text;
		const given = evaluate(frame, item);
		attrs.set(name, given);
		content.push(given);
	}
	return { ...combine(content), attrs };
}

function comparison(frame: Frame, node: PyNode): Datum {
	const sides = node.children.map((side) => evaluate(frame, side));
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

function comprehension(outer: Frame, node: PyNode): Datum {
	const frame: Frame = { ...outer, vars: new Map(), outer };
	const body = field(node, "body");
	if (!body) return datum();
	const clauses = node.children.filter(({ type }) => type === "for_in_clause");
	const conditions = node.children.filter(({ type }) => type === "if_clause");
	const results: Datum[] = [];
	const sources: Datum[] = [];
	const round = (depth: number): void => {
		const clause = clauses[depth];
		if (!clause) {
			for (const condition of conditions) evaluate(frame, condition);
			results.push(element(frame, body));
			return;
		}
		const [left, right] = [field(clause, "left"), field(clause, "right")];
		if (!left || !right) return;
		const iterated = evaluate(frame, right);
		if (iterated.rows.length) becomeRows(frame, iterated);
		sources.push(contentOf(iterated));
		for (const one of depth ? [elementOf(iterated)] : roundsOf(iterated)) {
			bind(frame, left, one);
			round(depth + 1);
		}
	};
	round(0);
	const whole = combine([...results.map(contentOf), ...sources]);
	const many = results.length > 1 ? results : undefined;
	return { ...whole, items: many, each: many ? undefined : results[0] };
}

function element(frame: Frame, body: PyNode): Datum {
	if (body.type !== "pair") return evaluate(frame, body);
	const [key, content] = [field(body, "key"), field(body, "value")];
	if (key) evaluate(frame, key);
	return content ? evaluate(frame, content) : datum();
}
