// Gaps in a series filled from later rows.
import { lineOf } from "./leak-places.ts";
import { orderPlaces, timeOf } from "./order-places.ts";
import type { Rule } from "./rule.ts";

export const TIME05: Rule = {
	id: "TIME05",
	title: "Gaps in a series are filled with later values",
	severity: "medium",
	confidence: 82,
	why: "The row before a gap's end is given what came after it. Rows that were empty when they happened know the future, and how much that matters grows with the gaps: an interpolated month predicts its own end. When the model is used, the latest row has nothing after it.",
	references: [
		"https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.bfill.html",
		"https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.interpolate.html",
	],
	bad: `import pandas as pd
from sklearn.linear_model import Ridge

df = pd.read_csv("river.csv", parse_dates=["day"], index_col="day")
df["rain"] = df["rain"].bfill()
model = Ridge().fit(df[["rain"]][:700], df["level"][:700])
print(model.score(df[["rain"]][700:], df["level"][700:]))
`,
	good: `import pandas as pd
from sklearn.linear_model import Ridge

df = pd.read_csv("river.csv", parse_dates=["day"], index_col="day")
df["rain"] = df["rain"].ffill()
model = Ridge().fit(df[["rain"]][:700], df["level"][:700])
print(model.score(df[["rain"]][700:], df["level"][700:]))
`,
	check: (code) =>
		orderPlaces(
			code,
			"backfill",
			({ taint }) => timeOf(code.lineage, taint) !== undefined,
			({ taint, end, fit }) => ({
				message: `${taint.name}() fills gaps with what later rows say, the rows are in order of time (${timeOf(code.lineage, taint)}), and they ${fit ? "are fitted" : "are divided"} at ${lineOf(end, taint.place)}.`,
				suggestion:
					"Carry the last known value forward (ffill), or fill with a number from the training part, and add a column that says where a value was missing.",
			}),
		),
};
