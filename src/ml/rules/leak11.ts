// The label is among the features.
import { isNew } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK11: Rule = {
	id: "LEAK11",
	title: "The label is among the features",
	severity: "critical",
	confidence: 90,
	why: "The model is given the answer and learns to copy it: near-perfect scores that mean nothing, and a model that cannot be used, because for a new row nobody knows the column. It is the first entry of most taxonomies of leakage.",
	references: ["https://www.cell.com/patterns/fulltext/S2666-3899(23)00159-9"],
	bad: `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X = df.drop(columns=["id"])
y = df["paid"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = RandomForestClassifier().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("loans.csv")
X = df.drop(columns=["id", "paid"])
y = df["paid"]
X_train, X_test, y_train, y_test = train_test_split(X, y)
model = RandomForestClassifier().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	check: ({ lineage }) => {
		const seen = new Set<string>();
		return lineage.fits.flatMap(({ data, label, place }) => {
			if (label === undefined) return [];
			const whole = data.lacks !== undefined && !data.columns;
			const named = data.columns?.includes(label) && data.columns.length > 1;
			const given = named || (whole && !data.lacks?.includes(label));
			if (!given || !isNew(seen, place)) return [];
			return [
				{
					...place,
					message: `The features the model is fitted on here hold the column "${label}", which is also its label: ${named ? "it is in the list of columns" : "they are all columns of the table, and it was not taken away"}.`,
					suggestion: `Take "${label}" out of the features, with all columns computed from it.`,
				},
			];
		});
	},
};
