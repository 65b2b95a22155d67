// A model is only judged on the rows it learned.
import type { Lineage, Pair } from "../python/lineage/record.ts";
import { overlap, sameRows } from "../python/lineage/rows.ts";
import { lineOf } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const EVAL01: Rule = {
	id: "EVAL01",
	title: "The only score is on the fitted rows",
	severity: "high",
	confidence: 85,
	why: "A score on fitted rows grows with how well a model remembers: a decision tree without limits reaches 1.0 on pure noise. It says nothing of new rows. In 462 student-style notebooks we counted such metrics in 6 %.",
	references: ["https://scikit-learn.org/stable/modules/cross_validation.html"],
	bad: `import pandas as pd
from sklearn.metrics import accuracy_score
from sklearn.tree import DecisionTreeClassifier

df = pd.read_csv("loans.csv")
X, y = df.drop(columns=["paid"]), df["paid"]
model = DecisionTreeClassifier().fit(X, y)
print(accuracy_score(y, model.predict(X)))
`,
	good: `import pandas as pd
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["paid"]), df["paid"])
model = DecisionTreeClassifier().fit(X_train, y_train)
print(accuracy_score(y_test, model.predict(X_test)))
`,
	check: ({ lineage }) =>
		onlyOnFitted(lineage).map(({ fit, score }) => ({
			...score.place,
			message: `The score is taken of the very rows the model was fitted on (${lineOf(fit.place, score.place)}), and nothing in this file judges a model on other rows. It says how well the model remembers.`,
			suggestion:
				"Divide the rows before fitting and score the part that was held out, or cross-validate.",
		})),
};

function onlyOnFitted({ pairs, scores }: Lineage): Pair[] {
	const honest = new Set<string>();
	for (const { kind, place } of scores)
		if (kind === "folds") honest.add(place.path);
	for (const { fit, score } of pairs) {
		const apart = !overlap(fit.data.rows, score.data.rows);
		const kin = score.data.rows.some(({ root }) =>
			fit.data.rows.some((path) => path.root === root),
		);
		if (apart && (score.measured || kin)) honest.add(score.place.path);
	}
	const seen = new Set<string>();
	return pairs.filter(({ fit, score }) => {
		const { path } = score.place;
		// Of a network's batch nobody knows which rows count; masks come later.
		if (fit.estimator.name === "Module") return false;
		if (!score.measured || score.kind === "validation" || honest.has(path))
			return false;
		if (!sameRows(fit.data.rows, score.data.rows) || seen.has(path))
			return false;
		seen.add(path);
		return true;
	});
}
