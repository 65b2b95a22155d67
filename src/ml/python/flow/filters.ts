// What a condition on rows does to them.
import { field, fields, type PyNode, stringValue } from "../node.ts";
import { evaluate } from "./expressions.ts";
import type { Frame } from "./frame.ts";
import { choosesPart } from "./names.ts";

/**
 * "cleaning" leaves out rows without a value: the rest stands for the whole.
 * "category" looks at one value of a column at a time.
 * "selection" leaves some rows, not known which.
 */
export type Filter =
	| { kind: "cleaning" | "selection" }
	| { kind: "category"; columns: string[] };

export function filterOf(frame: Frame, node: PyNode): Filter {
	if (choosesPart(node.text)) return { kind: "selection" };
	switch (node.type) {
		case "parenthesized_expression":
		case "not_operator":
			return node.children[0]
				? filterOf(frame, node.children[0])
				: { kind: "selection" };
		case "boolean_operator":
		case "binary_operator":
			return both(frame, node);
		case "comparison_operator":
			return comparison(frame, node);
		case "subscript":
		case "identifier":
			return { kind: "cleaning" };
		case "call":
			return {
				kind: /\.(notna|notnull|isna|isnull)\(\)$/.test(node.text)
					? "cleaning"
					: "selection",
			};
		default:
			return { kind: "selection" };
	}
}

function both(frame: Frame, node: PyNode): Filter {
	const operator = field(node, "operator")?.text;
	if (operator !== "and" && operator !== "&") return { kind: "selection" };
	const sides = node.children.map((side) => filterOf(frame, side));
	return (
		sides.find(({ kind }) => kind === "selection") ??
		sides.find(({ kind }) => kind === "category") ?? { kind: "cleaning" }
	);
}

function comparison(frame: Frame, node: PyNode): Filter {
	const operator = fields(node, "operators")
		.map(({ text }) => text)
		.join(" ");
	const [left, right] = node.children;
	if (!left || !right || !/^(==|!=|is|is not)$/.test(operator))
		return { kind: "selection" };
	const literal = [left, right].some(
		(side) =>
			stringValue(side) !== undefined ||
			/^(integer|float|true|false|none)$/.test(side.type),
	);
	if (literal) return { kind: "cleaning" };
	const columns = evaluate(frame, left)
		.cells.concat(evaluate(frame, right).cells)
		.map(({ column }) => column);
	return operator === "==" && columns.length
		? { kind: "category", columns: [...new Set(columns)] }
		: { kind: "selection" };
}
