// A score with nothing to hold it against.
import { callsOf } from "../python/called.ts";
import { metricCalls } from "./metric-calls.ts";
import type { Place, Rule } from "./rule.ts";

const BASELINE =
	/dummy(classifier|regressor)|baseline|naive|majority|most_frequent|persistence|chance.level|null.model|random.guess|seasonal_naive|mean.predictor/i;

export const EVAL02: Rule = {
	id: "EVAL02",
	title: "A score is computed, and nothing simple to compare it with",
	severity: "medium",
	confidence: 80,
	why: "A number alone does not say whether anything was learned: with 95 % of one class, always saying that class has an accuracy of 0.95, and tomorrow's price is hard to predict better than by today's. A rule without a model, judged on the same rows, shows it in one line.",
	references: [
		"https://scikit-learn.org/stable/modules/model_evaluation.html#dummy-estimators",
	],
	bad: `from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score

model = RandomForestClassifier().fit(X_train, y_train)
print(accuracy_score(y_test, model.predict(X_test)))
`,
	good: `from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score

for model in [DummyClassifier(), RandomForestClassifier()]:
    model.fit(X_train, y_train)
    print(model, accuracy_score(y_test, model.predict(X_test)))
`,
	check: ({ modules, source }) => {
		const scored = [...modules].flatMap(([path, module]): Place[] => {
			const [first] = metricCalls(module);
			const trains = callsOf(module).some(({ method }) => method === "fit");
			if (!first || !trains) return [];
			return [
				{
					...{ path, startLine: first.node.line, endLine: first.node.endLine },
					message:
						"The model is scored here, and nowhere in these files is a simple rule scored on the same rows.",
					suggestion:
						"Score a `DummyClassifier` or `DummyRegressor` as well; for series, the last value or the one a season ago.",
				},
			];
		});
		const compares = [...modules.keys()].some((path) =>
			BASELINE.test(`${path}\n${source(path)}`),
		);
		// One for all of them: the second tells nothing new.
		return compares ? [] : scored.slice(0, 1);
	},
};
