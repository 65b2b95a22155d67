// A search sees the rows that are to judge what it finds.
import { overlapsOf } from "../python/lineage/leaks.ts";
import { overlap, sameRows } from "../python/lineage/rows.ts";
import { isNew, lineOf } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK10: Rule = {
	id: "LEAK10",
	title: "A search over settings is scored on rows it searched with",
	severity: "high",
	confidence: 88,
	why: "After its search, GridSearchCV fits the best settings on all rows it was given. A score on any of them is a score on fitted rows, with settings chosen to suit them besides: the model remembers.",
	references: [
		"https://scikit-learn.org/stable/modules/grid_search.html#model-selection-development-and-evaluation",
	],
	bad: `import pandas as pd
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.svm import SVC

df = pd.read_csv("loans.csv")
X, y = df.drop(columns=["paid"]), df["paid"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
search = GridSearchCV(SVC(), {"C": [1, 10, 100]})
search.fit(X, y)
print(search.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.svm import SVC

df = pd.read_csv("loans.csv")
X, y = df.drop(columns=["paid"]), df["paid"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
search = GridSearchCV(SVC(), {"C": [1, 10, 100]})
search.fit(X_train, y_train)
print(search.score(X_test, y_test))
`,
	check: ({ lineage }) => {
		const seen = new Set<string>();
		return overlapsOf(lineage)
			.filter(
				({ fit, score }) =>
					/Search(CV)?$/.test(fit.estimator.name) &&
					score.measured &&
					isNew(seen, score.place) &&
					// Scored on just what it was given: nobody held anything out (EVAL01).
					!sameRows(fit.data.rows, score.data.rows) &&
					overlap(fit.data.rows, score.data.rows),
			)
			.map(({ fit, score }) => ({
				...score.place,
				message: `${fit.estimator.name} searched with these rows among others (${lineOf(fit.place, score.place)}) and fitted its best settings on them; it is scored on no other rows.`,
				suggestion:
					"Search with the training part only and score on the held-out part; or nest the search in an outer cross-validation.",
			}));
	},
};
