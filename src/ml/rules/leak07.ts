// A model that is only ever scored on rows it was fitted on, at least in part.

import { overlapsOf } from "../python/lineage/leaks.ts";
import { overlap, sameRows } from "../python/lineage/rows.ts";
import { isNew, lineOf } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK07: Rule = {
	id: "LEAK07",
	title: "The held-out rows were fitted too",
	severity: "critical",
	confidence: 88,
	why: "A score on rows the model was fitted on says how well it remembers. Duplicates across the split alone shifted scores by d_z 0.37 to 1.11 over 2,047 data sets (arXiv 2604.04199); here it is the rows themselves.",
	references: [
		"https://scikit-learn.org/stable/modules/cross_validation.html",
		"https://arxiv.org/abs/2604.04199",
	],
	bad: `import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split

df = pd.read_csv("houses.csv")
X, y = df.drop(columns=["price"]), df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestRegressor(random_state=0).fit(X, y)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split

df = pd.read_csv("houses.csv")
X, y = df.drop(columns=["price"]), df["price"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestRegressor(random_state=0).fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	check: ({ lineage }) => {
		const seen = new Set<string>();
		return overlapsOf(lineage)
			.filter(
				({ fit, score }) =>
					score.measured &&
					isNew(seen, score.place) &&
					score.kind !== "validation" &&
					// Apart from rows made of other rows, which is LEAK03.
					overlap(fit.data.rows, score.data.rows) &&
					!/Search(CV)?$/.test(fit.estimator.name) &&
					// Scored on exactly what was fitted: nobody held anything out (EVAL01).
					!sameRows(fit.data.rows, score.data.rows) &&
					score.data.rows.some(({ segments }) =>
						segments.some(({ id }) => id.startsWith("split")),
					),
			)
			.map(({ fit, score }) => ({
				...score.place,
				message: `The rows scored here are among those the model was fitted on (${lineOf(fit.place, score.place)}), and it is scored on no others. The score says how well the model remembers them.`,
				suggestion:
					"Fit on the training part only, and score on rows that took no part in fitting.",
			}));
	},
};
