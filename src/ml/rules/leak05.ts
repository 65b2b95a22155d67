// A transformer fitted anew on the held-out rows.
import { leakPlaces, lineOf } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK05: Rule = {
	id: "LEAK05",
	title: "A transformer is fitted on the held-out rows",
	severity: "high",
	confidence: 88,
	why: "Fitted anew, the transformer means something else: the same number in the held-out features is another value than in the training features, and it depends on which rows happen to be judged together. One new row alone could not be prepared at all. With words or components the columns themselves no longer match.",
	references: [
		"https://scikit-learn.org/stable/common_pitfalls.html#inconsistent-preprocessing",
	],
	bad: `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["paid"]), df["paid"])
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.fit_transform(X_test)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["paid"]), df["paid"])
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	check: (code) =>
		leakPlaces(
			code,
			({ taint, both, fit }) =>
				!both && fit !== undefined && taint.kind === "fit",
			({ taint, fit, score }) => ({
				message: `${taint.name} is fitted on the rows that are scored${score ? ` at ${lineOf(score.place, taint.place)}` : ""} and on no row the model was fitted on${fit ? ` (${lineOf(fit.place, taint.place)})` : ""}. So the held-out features are measured by another rule than the training features.`,
				suggestion:
					"Only transform the held-out rows, with what was fitted on the training rows.",
			}),
		),
};
