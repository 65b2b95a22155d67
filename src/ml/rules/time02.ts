// A feature that is a mean of the label, the present one included.
import { lineOf } from "./leak-places.ts";
import { orderPlaces } from "./order-places.ts";
import type { Rule } from "./rule.ts";

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
			}),
		),
};
