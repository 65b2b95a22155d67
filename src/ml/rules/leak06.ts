// A number over all rows goes into rows that are divided afterwards.

import type { Leak } from "../python/lineage/record.ts";
import { courseOf, leakPlaces, sureness } from "./leak-places.ts";
import { timeOf } from "./order-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK06: Rule = {
	id: "LEAK06",
	title: "A statistic of all rows goes into them before the split",
	severity: "low",
	confidence: 80,
	why: "A mean over all rows contains the held-out rows, and the training features contain the mean. Filled in for a few missing values of a large table this hardly moves a score (see LEAK04 for measurements of the like); for many missing values, small groups or drifting data it does, and the prepared features cannot be made for a new row.",
	references: [
		"https://scikit-learn.org/stable/common_pitfalls.html#data-leakage-during-pre-processing",
	],
	bad: `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("passengers.csv")
df["age"] = df["age"].fillna(df["age"].median())
X_train, X_test, y_train, y_test = train_test_split(df[["age", "fare"]], df["survived"])
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("passengers.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["age", "fare"]], df["survived"])
middle = X_train["age"].median()
X_train = X_train.fillna({"age": middle})
X_test = X_test.fillna({"age": middle})
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	check: (code, { labels }) => {
		const known = new Set([...labels, ...code.flow.labels]);
		return leakPlaces(
			code,
			({ taint, both }) => {
				if (!both || !/^(aggregate|group|backfill)$/.test(taint.kind))
					return false;
				// Gaps in a series filled from later rows are TIME05.
				if (taint.kind === "backfill" && timeOf(code.lineage, taint))
					return false;
				// Labels per category are another, graver matter; see LEAK02.
				const ofLabel = taint.columns?.some((column) => known.has(column));
				return !(taint.kind === "group" && ofLabel);
			},
			(story) => ({
				message: `${story.taint.name}() is taken over ${courseOf(story)}. It goes into the features, so those of the training rows hold something of the held-out rows.`,
				suggestion:
					"Compute it on the training part and use that number for both parts; SimpleImputer in a Pipeline does so for missing values.",
				...doubt(story),
			}),
		);
	},
};

/** A number per household or team may be a fact about it rather than about other rows. */
function doubt(leak: Leak): { confidence?: number } {
	const { kind, name } = leak.taint;
	const beside = name === "groupby.transform";
	return kind === "group" && !beside ? { confidence: 60 } : sureness(leak);
}
