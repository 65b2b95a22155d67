// Conditions on rows, as choices among them.
import { fields, type PyNode } from "../node.ts";
import type { Datum } from "./datum.ts";
import type { Segment } from "./rows.ts";

const squeeze = (text: string) => text.replace(/\s+/g, "");

const DIRECTION: Readonly<Record<string, string>> = {
	"<": "below",
	"<=": "below",
	">": "not below",
	">=": "not below",
};

/** `df["year"] < 2015` and `df["year"] >= 2015` share no row. */
export function comparisonMask(
	node: PyNode,
	sides: readonly Datum[],
): readonly Segment[] | undefined {
	const operators = fields(node, "operators").map(({ text }) => text);
	const [left, right] = node.children;
	if (operators.length !== 1 || !left || !right) return undefined;
	if (!sides.some(({ rows, index }) => rows.length || index)) {
		// `np.random.rand(len(df)) < 0.8` chooses rows as well.
		if (!/\brand/.test(node.text)) return undefined;
	}
	const operator = operators[0] ?? "";
	const [a, b] = [squeeze(left.text), squeeze(right.text)];
	if (operator === "==") return [{ id: `where ${a}`, part: b }];
	if (operator === "!=") return [{ id: `where ${a}`, part: `not ${b}` }];
	const part = DIRECTION[operator];
	return part ? [{ id: `where ${a} below ${b}`, part }] : undefined;
}

/** `.isnull()`, `.isin(ids)`, `.str.contains(…)`: a call that says yes or no of each row. */
export function callMask(
	owner: PyNode,
	name: string,
	args: PyNode,
): readonly Segment[] | undefined {
	const subject = squeeze(owner.text);
	if (/^(isnull|isna)$/.test(name))
		return [{ id: `missing ${subject}`, part: "yes" }];
	if (/^(notnull|notna)$/.test(name))
		return [{ id: `missing ${subject}`, part: "not yes" }];
	if (/^(isin|contains|startswith|endswith|between|duplicated)$/.test(name))
		return [{ id: `${name} ${subject} ${squeeze(args.text)}`, part: "yes" }];
	return undefined;
}

export function combineMasks(
	operator: string,
	left: Datum | undefined,
	right: Datum | undefined,
): readonly Segment[] | undefined {
	if (operator !== "&") return undefined;
	const both = [...(left?.index ?? []), ...(right?.index ?? [])];
	return both.length ? both : undefined;
}

export function isEverything(key: PyNode): boolean {
	return key.type === "slice"
		? key.children.length === 0 || /^::-?1?$/.test(key.text)
		: key.type === "ellipsis";
}
