// A transformer that does not need labels, fitted on rows of both sides.
import type { Leak } from "../python/lineage/record.ts";
import { intoPipeline } from "./into-pipeline.ts";
import { courseOf, leakPlaces, sureness } from "./leak-places.ts";
import type { Rule } from "./rule.ts";
import { isWindowed } from "./windowed.ts";

const SCALES = /Scaler$|scale$|^zscore$|Normalizer$/;

export const LEAK04: Rule = {
	id: "LEAK04",
	title: "A transformer is fitted on all rows before the split",
	severity: "medium",
	confidence: 90,
	why: "The transformer has seen the held-out rows: their mean, words or components are in the training features. How much that is worth differs: scaling before cross-validation of scikit-learn's breast cancer data changed nothing (AUC 0.99546 both ways, our own run; likewise at most 0.005 over 2,047 data sets in arXiv 2604.04199), so scalers are low. What is learned of few rows or many columns, such as components, bins, words and imputed values, can matter more, and nobody knows beforehand.",
	references: [
		"https://scikit-learn.org/stable/common_pitfalls.html#data-leakage-during-pre-processing",
		"https://arxiv.org/abs/2604.04199",
	],
	bad: `import pandas as pd
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

df = pd.read_csv("spectra.csv")
X = PCA(n_components=10).fit_transform(df.drop(columns=["kind"]))
X_train, X_test, y_train, y_test = train_test_split(X, df["kind"], random_state=0)
model = LogisticRegression().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

df = pd.read_csv("spectra.csv")
X, y = df.drop(columns=["kind"]), df["kind"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(PCA(n_components=10), LogisticRegression()).fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	check: (code) =>
		leakPlaces(
			code,
			(leak) => isUnsupervisedFit(leak) && !isWindowed(code, leak),
			(story) => {
				const fix = intoPipeline(code, story);
				return {
					message: `${story.taint.name} is fitted on ${courseOf(story)}. What it learned of the held-out rows is in the features the model is trained on.`,
					suggestion:
						"Fit it on the training part and only transform the held-out part, or make it a step of a Pipeline, which does so in every fold.",
					...(SCALES.test(story.taint.name) ? { severity: "low" } : {}),
					...sureness(story),
					...(fix ? { fix } : {}),
				};
			},
		),
};

export function isUnsupervisedFit({ taint, both }: Leak): boolean {
	return both && taint.kind === "fit" && !taint.supervised;
}
