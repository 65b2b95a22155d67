// The best seed is reported.
import { isNew } from "./leak-places.ts";
import { overSeeds, scoredAt } from "./leak08.ts";
import type { Rule } from "./rule.ts";

export const REP04: Rule = {
	id: "REP04",
	title: "The best of several seeds is reported",
	severity: "high",
	confidence: 88,
	why: "Seeds differ by luck alone. In our own seeded simulation the best of 50 seeds reached an accuracy of 0.600 on labels of pure noise; their mean was 0.477. Whoever repeats the work with another seed gets the mean.",
	references: [
		"https://arxiv.org/abs/2109.08203",
		"https://arxiv.org/abs/1909.03004",
	],
	bad: `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("iris.csv")
X, y = df.drop(columns=["kind"]), df["kind"]
scores = []
for seed in range(50):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    model = RandomForestClassifier(random_state=seed).fit(X_train, y_train)
    scores.append(model.score(X_test, y_test))
print("accuracy", max(scores))
`,
	good: `import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("iris.csv")
X, y = df.drop(columns=["kind"]), df["kind"]
scores = []
for seed in range(50):
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed)
    model = RandomForestClassifier(random_state=seed).fit(X_train, y_train)
    scores.append(model.score(X_test, y_test))
print("accuracy", np.mean(scores), "+-", np.std(scores))
`,
	check: ({ lineage }) => {
		const seen = new Set<string>();
		return lineage.selections
			.filter(
				({ scores, place }) =>
					overSeeds(scores) &&
					!scores.some(({ averaged }) => averaged) &&
					isNew(seen, place),
			)
			.map((choice) => ({
				...choice.place,
				message: `The best score over several seeds is taken here (${scoredAt(choice)}), and neither their mean nor their spread is. Between seeds there is nothing to choose but luck.`,
				suggestion:
					"Report the mean over the seeds with its standard deviation, and keep one seed fixed beforehand for the model that is used.",
			}));
	},
};
