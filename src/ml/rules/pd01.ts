// Lines that pandas accepts and that do nothing.
import { type Called, callsOf, readCalled } from "../python/called.ts";
import { field, type PyNode, stringValue } from "../python/node.ts";
import { nodesOf } from "../python/nodes.ts";
import type { Code } from "./code.ts";
import { replaceWithin } from "./edits.ts";
import type { Place, Rule } from "./rule.ts";

const NAN = /^(numpy|pandas|math)\.(nan|NaN|NAN|NaT|NA)$/;

export const PD01: Rule = {
	id: "PD01",
	title: "A line for pandas that does nothing",
	severity: "medium",
	confidence: 90,
	byConstruction: true,
	why: "Nothing equals NaN, NaN least of all: such a comparison is False in every row. And a value assigned to a selection of a selection goes to a copy: the table stays as it was. Both run without an error, so rows that should be cleaned are not.",
	references: [
		"https://pandas.pydata.org/docs/user_guide/copy_on_write.html",
		"https://pandas.pydata.org/docs/user_guide/missing_data.html",
	],
	bad: `import numpy as np
import pandas as pd

df = pd.read_csv("a.csv")
missing = df[df["age"] == np.nan]
df[df["age"] < 0]["age"] = 0
`,
	good: `import pandas as pd

df = pd.read_csv("a.csv")
missing = df[df["age"].isna()]
df.loc[df["age"] < 0, "age"] = 0
`,
	check: (code) =>
		[...code.modules].flatMap(([path, module]) => [
			...comparedWithNan(code, path, module),
			...assignedToCopy(code, path, module),
		]),
};

function comparedWithNan(code: Code, path: string, module: PyNode): Place[] {
	return nodesOf(module, "comparison_operator").flatMap((node) => {
		const [left, right] = node.children;
		const operator = /^(==|!=)$/.exec(
			node.signs.find(({ role }) => role === "operators")?.text ?? "",
		)?.[0];
		if (!left || !right || !operator || node.children.length > 2) return [];
		if (!isNan(right, module)) return [];
		const test = operator === "==" ? "isna" : "notna";
		const lone = /^[\w.[\]"']+$/.test(left.text);
		const edit =
			lone && replaceWithin(code, path, node, `${left.text}.${test}()`);
		return [
			{
				...{ path, startLine: node.line, endLine: node.endLine },
				message: `\`${operator} ${right.text}\` is ${operator === "==" ? "False" : "True"} in every row: NaN equals nothing, not even itself.`,
				suggestion: `Use \`.${test}()\`.`,
				...(edit ? { fix: [edit] } : {}),
			},
		];
	});
}

function isNan(node: PyNode, module: PyNode): boolean {
	if (node.type === "call") {
		const { name, positional }: Called = readCalled(node, module);
		return (
			name === "float" &&
			/^nan$/i.test(stringValue(positional[0] ?? node) ?? "")
		);
	}
	const [first = "", ...rest] = node.text.split(".");
	const known = { np: "numpy", pd: "pandas" }[first] ?? first;
	return NAN.test([known, ...rest].join("."));
}

/** `df[mask]["column"] = value`, `df["column"][mask] = value`. */
function assignedToCopy(code: Code, path: string, module: PyNode): Place[] {
	const tables = tablesOf(module);
	return nodesOf(module, "assignment").flatMap((node) => {
		const left = field(node, "left");
		if (left?.type !== "subscript") return [];
		const inner = field(left, "value");
		if (inner?.type !== "subscript") return [];
		const [first, second] = [
			field(inner, "subscript"),
			field(left, "subscript"),
		];
		const table = field(inner, "value");
		if (!first || !second || !table) return [];
		const isLoc = /\.loc$/.test(table.text);
		const name = table.text.replace(/\.loc$/, "");
		if (!tables.has(name)) return [];
		const column = stringValue(second);
		if (isMask(first) && column !== undefined)
			return [
				placeOf(
					code,
					path,
					node,
					left,
					`${name}.loc[${first.text}, ${second.text}]`,
				),
			];
		if (!isLoc && isMask(second) && stringValue(first) !== undefined)
			return [
				placeOf(
					code,
					path,
					node,
					left,
					`${name}.loc[${second.text}, ${first.text}]`,
				),
			];
		return [];
	});
}

function placeOf(
	code: Code,
	path: string,
	node: PyNode,
	left: PyNode,
	instead: string,
): Place {
	const edit = replaceWithin(code, path, left, instead);
	return {
		...{ path, startLine: node.line, endLine: node.endLine },
		message: `The value goes to a copy: \`${left.text.slice(0, 80)}\` selects twice, and with copy-on-write the table itself is never changed.`,
		suggestion: `Select once: \`${instead.slice(0, 120)} = …\`.`,
		...(edit ? { fix: [edit] } : {}),
	};
}

const isMask = ({ type, text }: PyNode) =>
	type === "comparison_operator" ||
	(type === "call" &&
		/\.(isna|isnull|notna|notnull|isin|contains)\([^()]*\)$/.test(text)) ||
	(/^(binary_operator|parenthesized_expression)$/.test(type) &&
		/[<>]|[=!]=/.test(text));

/** Names that are tables of pandas, by how they were made. */
function tablesOf(module: PyNode): ReadonlySet<string> {
	const made = new Set(
		callsOf(module)
			.filter(({ name }) =>
				/^pandas\.(read_\w+|DataFrame|concat|merge)$/.test(name),
			)
			.map(({ node }) => node),
	);
	const names = new Set<string>();
	for (const node of nodesOf(module, "assignment")) {
		const [left, right] = [field(node, "left"), field(node, "right")];
		if (left?.type === "identifier" && right && made.has(right))
			names.add(left.text);
	}
	return names;
}
