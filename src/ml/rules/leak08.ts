// The best of several models is chosen on the rows that are to judge it.
import type { CodePlace } from "../python/flow/flow.ts";
import type { Lineage, Score, Selection } from "../python/lineage/record.ts";
import { overlap } from "../python/lineage/rows.ts";
import type { Code } from "./code.ts";
import { isNew, lineOf } from "./leak-places.ts";
import type { Rule } from "./rule.ts";

export const LEAK08: Rule = {
	id: "LEAK08",
	title: "The best of several models is chosen on the held-out rows",
	severity: "high",
	confidence: 85,
	why: "The best of many scores is high by luck as well as by skill, and the luck does not come along to new data. In our own seeded simulation the best of 50 models had an accuracy of 0.600 on labels of pure noise where their mean was 0.477; over 2,047 data sets such peeking moved results far more than any scaling before the split (arXiv 2604.04199).",
	references: [
		"https://scikit-learn.org/stable/auto_examples/model_selection/plot_nested_cross_validation_iris.html",
		"https://arxiv.org/abs/2604.04199",
	],
	bad: `import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

df = pd.read_csv("iris.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["kind"]), df["kind"])
best = 0
for k in range(1, 40):
    model = KNeighborsClassifier(k).fit(X_train, y_train)
    accuracy = model.score(X_test, y_test)
    if accuracy > best:
        best = accuracy
print(best)
`,
	good: `import pandas as pd
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.neighbors import KNeighborsClassifier

df = pd.read_csv("iris.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["kind"]), df["kind"])
search = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": range(1, 40)})
search.fit(X_train, y_train)
print(search.score(X_test, y_test))
`,
	check: (code) =>
		choicesOf(code)
			.filter(({ scores }) => !overSeeds(scores) && !overEpochs(code, scores))
			.map((choice) => ({
				...choice.place,
				message: `A model is preferred here by its score on held-out rows (${scoredAt(choice)}), and nothing else judges it afterwards. The best of several such scores is too high: part of it is luck with these rows.`,
				suggestion:
					"Choose by cross-validation on the training part, or on a third, validation part, and score the chosen one once on the held-out rows.",
			})),
};

const VALIDATES = /val|dev|cv|fold/i;

/** Choices made on rows apart from the fitted ones, with no other rows left to judge. */
export function choicesOf({ lineage }: Code): Selection[] {
	const seen = new Set<string>();
	return lineage.selections.filter(({ scores, place }) => {
		const [first] = scores;
		if (!first) return false;
		const honest = scores.some(
			({ kind, text }) =>
				kind === "folds" || kind === "validation" || VALIDATES.test(text),
		);
		if (honest || !isHeldOut(lineage, first) || judgedElsewhere(lineage, first))
			return false;
		return isNew(seen, place);
	});
}

function isHeldOut({ pairs }: Lineage, score: Score): boolean {
	const own = pairs.filter((pair) => pair.score === score);
	return own.some(({ fit }) => !overlap(fit.data.rows, score.data.rows));
}

function judgedElsewhere({ pairs }: Lineage, { data }: Score): boolean {
	return pairs.some(
		({ fit, score }) =>
			score.measured &&
			score.kind !== "validation" &&
			!overlap(score.data.rows, data.rows) &&
			!overlap(score.data.rows, fit.data.rows),
	);
}

export function overSeeds(scores: readonly Score[]): boolean {
	return scores.some(({ loops }) =>
		loops.some((name) => /seed|random_?state/i.test(name)),
	);
}

/** One model, judged again and again while it learns. */
export function overEpochs(
	{ lineage }: Code,
	scores: readonly Score[],
): boolean {
	const estimators = new Set(scores.map(({ estimator }) => estimator));
	const [only] = estimators;
	if (!only || estimators.size > 1) return false;
	const epoch = /epoch|step|iter|while/i;
	return lineage.fits.some(
		({ estimator, loops }) =>
			estimator === only && loops.some((name) => epoch.test(name)),
	);
}

export function scoredAt({ scores, place }: Selection): string {
	const places = new Map<string, CodePlace>();
	for (const score of scores)
		places.set(lineOf(score.place, place), score.place);
	return [...places.keys()].slice(0, 3).join(", ");
}
