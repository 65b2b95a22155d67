// Rows in order of time, divided at random.
import type { Lineage, Split, TimeEvidence } from "../python/lineage/record.ts";
import { lineOf } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const TIME01: Rule = {
	id: "TIME01",
	title: "Rows in order of time are divided at random",
	severity: "high",
	confidence: 85,
	why: "Each held-out row has its neighbours of the day before and after in the training rows, so the model only has to fill a gap. On a random walk, shuffled folds gave an R² of 0.997 in our own seeded simulation where folds in order of time gave -2.27.",
	references: [
		"https://scikit-learn.org/stable/modules/cross_validation.html#cross-validation-of-time-series-data",
		"https://otexts.com/fpp3/tscv.html",
	],
	bad: `import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split

df = pd.read_csv("load.csv", parse_dates=["hour"]).sort_values("hour")
df["before"] = df["load"].shift(24)
df = df.dropna()
X_train, X_test, y_train, y_test = train_test_split(df[["before"]], df["load"], random_state=0)
model = RandomForestRegressor().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split

df = pd.read_csv("load.csv", parse_dates=["hour"]).sort_values("hour")
df["before"] = df["load"].shift(24)
df = df.dropna()
X_train, X_test, y_train, y_test = train_test_split(df[["before"]], df["load"], shuffle=False)
model = RandomForestRegressor().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	check: ({ lineage }) =>
		lineage.splits.flatMap((split) => {
			const evidence = isShuffled(split) ? orderOf(lineage, split) : undefined;
			if (!evidence) return [];
			const stratified =
				split.settings.has("stratify") || /Stratified/.test(split.name);
			const unsure = stratified || !LAGS.test(evidence.why);
			return [
				{
					...split.place,
					message: `${split.name} draws the held-out rows at random, though the rows are in order of time: ${evidence.why} at ${lineOf(evidence.place, split.place)}. Neighbours in time come to lie on both sides.`,
					suggestion:
						"Hold out the latest rows (shuffle=False on sorted rows), or cross-validate with TimeSeriesSplit and a gap as long as the longest lag.",
					...(unsure ? { confidence: 65 } : {}),
				},
			];
		}),
};

/** Features made of earlier rows: order matters for certain. */
const LAGS = /^(shift|rolling|ewm|expanding|diff|resample|asfreq)/;

function isShuffled({ name, settings }: Split): boolean {
	const shuffle = settings.get("shuffle");
	if (name === "train_test_split") return shuffle !== "False";
	if (/ShuffleSplit$/.test(name)) return !/Group/.test(name);
	return /KFold$/.test(name) && !/Group/.test(name) && shuffle === "True";
}

/** The strongest sign; a date that was only parsed may be one column among many. */
function orderOf(
	{ times }: Lineage,
	{ rows }: Split,
): TimeEvidence | undefined {
	const roots = new Set(rows.map(({ root }) => root));
	const own = times.filter(({ root }) => roots.has(root));
	return (
		own.find(({ why }) => LAGS.test(why)) ??
		own.find(({ why }) => /^(sort_values|set_index)/.test(why))
	);
}
