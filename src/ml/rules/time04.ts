// A later row's value as a feature.
import { lineOf } from "./leak-places.ts";
import { orderPlaces } from "./order-places.ts";
import type { Rule } from "./rule.ts";

const IS_TARGET =
	/target|label|^y(_|\d|$)|future|next|fwd|forward|lead|tomorrow|horizon|ahead|t_?\+|_y$|signal|direction|outcome/i;

export const TIME04: Rule = {
	id: "TIME04",
	title: "A later row's value is a feature",
	severity: "critical",
	confidence: 92,
	why: "Moved up, a column tells each row what comes after it. The score shows what could be predicted if the future were known; in use it is not, and the column is empty.",
	references: [
		"https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.shift.html",
		"https://otexts.com/fpp3/useful-predictors.html",
	],
	bad: `import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor

df = pd.read_csv("sales.csv", parse_dates=["day"])
df["before"] = df["sold"].shift(1)
df["after"] = df["sold"].shift(-1)
df = df.dropna()
features = df[["price", "before", "after"]]
model = GradientBoostingRegressor().fit(features[:300], df["sold"][:300])
print(model.score(features[300:], df["sold"][300:]))
`,
	good: `import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor

df = pd.read_csv("sales.csv", parse_dates=["day"])
df["before"] = df["sold"].shift(1)
df["tomorrow"] = df["sold"].shift(-1)
df = df.dropna()
features = df[["price", "before", "sold"]]
model = GradientBoostingRegressor().fit(features[:300], df["tomorrow"][:300])
print(model.score(features[300:], df["tomorrow"][300:]))
`,
	check: (code) =>
		orderPlaces(
			code,
			"ahead",
			({ taint, fit }) =>
				fit !== undefined &&
				taint.into !== undefined &&
				taint.into !== fit.label &&
				!IS_TARGET.test(taint.into),
			({ taint, end }) => ({
				message: `"${taint.into}" takes its values from later rows (${taint.name}) and is among the features of the model fitted at ${lineOf(end, taint.place)}.`,
				suggestion: `Leave "${taint.into}" out, or move the column the other way with a positive number. If it is what is to be predicted, take it out of the features.`,
			}),
		),
};
