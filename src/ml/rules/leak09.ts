// Training stops, or a state is kept, by the rows that are to judge it.
import type { Fit, Lineage } from "../python/lineage/record.ts";
import { overlap } from "../python/lineage/rows.ts";
import type { Code } from "./code.ts";
import { lineOf } from "./leak-places.ts";
import { choicesOf, overEpochs, scoredAt } from "./leak08.ts";
import type { Place, Rule } from "./rule.ts";

export const LEAK09: Rule = {
	id: "LEAK09",
	title: "Training stops by the rows that judge it",
	severity: "high",
	confidence: 90,
	why: "The epoch that happens to suit the held-out rows is chosen among all epochs, which is choosing the best of many models on them (see LEAK08): selection of this kind, early stopping on the test rows included, moved results more than leaks in preparation over 2,047 data sets (arXiv 2604.04199).",
	references: [
		"https://keras.io/api/callbacks/early_stopping/",
		"https://arxiv.org/abs/2604.04199",
	],
	bad: `import pandas as pd
from sklearn.model_selection import train_test_split
from tensorflow.keras.callbacks import EarlyStopping
from tensorflow.keras.models import Sequential

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["paid"]), df["paid"])
model = Sequential()
model.fit(X_train, y_train, validation_data=(X_test, y_test), callbacks=[EarlyStopping(patience=3)])
print(model.evaluate(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.model_selection import train_test_split
from tensorflow.keras.callbacks import EarlyStopping
from tensorflow.keras.models import Sequential

df = pd.read_csv("loans.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns=["paid"]), df["paid"])
model = Sequential()
model.fit(X_train, y_train, validation_split=0.2, callbacks=[EarlyStopping(patience=3)])
print(model.evaluate(X_test, y_test))
`,
	check: (code) => [...watchedFits(code), ...keptEpochs(code)],
};

const HELD_OUT = /test|held|hold/i;

const SUGGESTION =
	"Set a validation part aside from the training rows, stop by that, and score the held-out rows once at the end.";

function watchedFits({ lineage }: Code): Place[] {
	const byPlace = new Map<string, Place>();
	for (const fit of lineage.fits) {
		if (!fit.stops || !fit.watched?.rows.length) continue;
		if (/val|dev/i.test(fit.watchedText ?? "")) continue;
		const judged = judgedBy(lineage, fit);
		const same = judged.find(({ data }) =>
			overlap(data.rows, fit.watched?.rows ?? []),
		);
		if (!same || judged.some(({ data }) => isElsewhere(fit, data.rows)))
			continue;
		byPlace.set(`${fit.place.path}:${fit.place.startLine}`, {
			...fit.place,
			message: `Training stops, or keeps a state, by the rows given to watch here, and the model is scored on the same rows at ${lineOf(same.place, fit.place)}. The epoch was chosen to suit them, so the score is too high.`,
			suggestion: SUGGESTION,
			// By another name they may be a validation part that is only reported as such.
			...(HELD_OUT.test(fit.watchedText ?? "") ? {} : { confidence: 60 }),
		});
	}
	return [...byPlace.values()];
}

function judgedBy({ pairs }: Lineage, fit: Fit) {
	return pairs
		.filter((pair) => pair.fit === fit && pair.score.kind !== "validation")
		.map(({ score }) => score);
}

function isElsewhere(fit: Fit, rows: Fit["data"]["rows"]): boolean {
	return (
		!overlap(rows, fit.data.rows) && !overlap(rows, fit.watched?.rows ?? [])
	);
}

/** `if test_loss < best: save()`, epoch after epoch. */
function keptEpochs(code: Code): Place[] {
	return choicesOf(code)
		.filter(({ scores }) => overEpochs(code, scores))
		.map((choice) => ({
			...choice.place,
			message: `The state of the model is kept by its score on held-out rows (${scoredAt(choice)}), epoch after epoch, and no other rows judge it. The best epoch's score is too high: part of it is luck with these rows.`,
			suggestion: SUGGESTION,
		}));
}
