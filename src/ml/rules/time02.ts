// A feature that is a mean of the label, the present one included.
import { readCalled } from "../python/called.ts";
import type { Taint } from "../python/lineage/record.ts";
import { field } from "../python/node.ts";
import { nodesIn, nodesOf } from "../python/nodes.ts";
import type { Code } from "./code.ts";
import { replaceWithin } from "./edits.ts";
import { lineOf } from "./leak-places.ts";
import { orderPlaces } from "./order-places.ts";
import type { Fix, Rule } from "./rule.ts";

export const TIME02: Rule = {
	id: "TIME02",
	title: "A window over the label includes the row's own label",
	severity: "high",
	confidence: 90,
	why: "The row's own label is one of the few numbers in its feature. On white noise, which nothing can predict, a rolling mean that includes the present value reached an R² of 0.336 in our own seeded simulation; shifted by one row it had -0.003.",
	references: [
		"https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.rolling.html",
		"https://scikit-learn.org/stable/auto_examples/applications/plot_time_series_lagged_features.html",
	],
	bad: `import pandas as pd
from sklearn.linear_model import LinearRegression

df = pd.read_csv("sales.csv", parse_dates=["day"])
df["usual"] = df["sold"].rolling(7).mean()
df = df.dropna()
train, test = df[:300], df[300:]
model = LinearRegression().fit(train[["usual", "price"]], train["sold"])
print(model.score(test[["usual", "price"]], test["sold"]))
`,
	good: `import pandas as pd
from sklearn.linear_model import LinearRegression

df = pd.read_csv("sales.csv", parse_dates=["day"])
df["usual"] = df["sold"].shift(1).rolling(7).mean()
df = df.dropna()
train, test = df[:300], df[300:]
model = LinearRegression().fit(train[["usual", "price"]], train["sold"])
print(model.score(test[["usual", "price"]], test["sold"]))
`,
	check: (code) =>
		orderPlaces(
			code,
			"window",
			({ taint, fit }) =>
				fit?.label !== undefined &&
				taint.columns?.length === 1 &&
				taint.columns[0] === fit.label &&
				taint.into !== fit.label,
			({ taint, end }) => ({
				message: `${taint.name}() over "${taint.columns?.[0]}" ends with the present row, and the result is a feature of the model fitted at ${lineOf(end, taint.place)} to predict that very column. The feature contains the answer.`,
				suggestion: `Move the column down before the window: \`.shift(1).${taint.name}(…)\`, so that each row sees earlier rows only.`,
				...shifted(code, taint),
			}),
		),
};

const COLUMN = /^(\w+)(\.\w+|\[(["'])[^"'\]]+\3\])$/;

/**
 * Only for a column of the very table the feature goes into: where rows are
 * grouped, the shift has to stay within the groups, and somebody has to say how.
 */
function shifted(code: Code, { name, place }: Taint): { fix?: Fix } {
	const module = code.modules.get(place.path);
	if (!module) return {};
	const statements = nodesOf(module, "assignment").filter(
		({ line, endLine }) => line <= place.startLine && place.endLine <= endLine,
	);
	const [statement] = statements;
	const left = statement && field(statement, "left");
	const table =
		left?.type === "subscript" ? field(left, "value")?.text : undefined;
	if (!statement || !table || statements.length > 1) return {};
	const columns = [...nodesIn(statement)].flatMap((node) => {
		const called = node.type === "call" ? readCalled(node, module) : undefined;
		return called?.method === name ? [called.receiver] : [];
	});
	const [column] = columns;
	if (!column || columns.length > 1 || COLUMN.exec(column.text)?.[1] !== table)
		return {};
	// The window's own text tells it from another use of the column.
	const callee = [...nodesIn(statement)].find(
		(node) => node.type === "attribute" && field(node, "object") === column,
	);
	const edit =
		callee &&
		replaceWithin(
			code,
			place.path,
			callee,
			`${column.text}.shift(1)${callee.text.slice(column.text.length)}`,
		);
	return edit ? { fix: [edit] } : {};
}
