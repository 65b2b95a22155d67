// Smoothing that looks to both sides.
import { lineOf } from "./leak-places.ts";
import { orderPlaces } from "./order-places.ts";
import type { Rule } from "./rule.ts";

export const TIME03: Rule = {
	id: "TIME03",
	title: "A series is smoothed with later values before it is divided",
	severity: "high",
	confidence: 90,
	why: "Centred windows, filters run forwards and backwards, and seasonal decompositions give each row something of the rows after it. On white noise a centred rolling mean reached an R² of 0.199 in our own seeded simulation where -0.003 is honest; when the model is used, the later values do not exist.",
	references: [
		"https://docs.scipy.org/doc/scipy/reference/generated/scipy.signal.filtfilt.html",
		"https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.rolling.html",
	],
	bad: `import pandas as pd
from sklearn.linear_model import Ridge

df = pd.read_csv("load.csv")
df["smooth"] = df["load"].rolling(5, center=True).mean()
df = df.dropna()
model = Ridge().fit(df[["smooth"]][:500], df["next"][:500])
print(model.score(df[["smooth"]][500:], df["next"][500:]))
`,
	good: `import pandas as pd
from sklearn.linear_model import Ridge

df = pd.read_csv("load.csv")
df["smooth"] = df["load"].rolling(5).mean()
df = df.dropna()
model = Ridge().fit(df[["smooth"]][:500], df["next"][:500])
print(model.score(df[["smooth"]][500:], df["next"][500:]))
`,
	check: (code) =>
		orderPlaces(
			code,
			"centred",
			() => true,
			({ taint, end, fit }) => ({
				message: `${taint.name}() gives each row something of later rows, and the result ${fit ? "is fitted" : "is divided"} at ${lineOf(end, taint.place)}. When the model is used those rows are not there yet.`,
				suggestion:
					"Look back only: a trailing window, a filter run forwards (lfilter, ewm), a decomposition fitted on the earlier part.",
			}),
		),
};
