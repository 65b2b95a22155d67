// Accuracy alone where the code itself knows that classes are rare.
import { callsOf } from "../python/called.ts";
import type { PyNode } from "../python/node.ts";
import { metricCalls } from "./metric-calls.ts";
import type { Place, Rule } from "./rule.ts";

const BALANCES =
	/^(SMOTE\w*|ADASYN|BorderlineSMOTE|RandomOverSampler|RandomUnderSampler|NearMiss|TomekLinks|WeightedRandomSampler|compute_class_weight|compute_sample_weight)$/;
const WEIGHTS = [
	"class_weight",
	"scale_pos_weight",
	"pos_weight",
	"is_unbalance",
];
const SECOND =
	/f1|fbeta|precision|recall|roc_auc|\bauc\b|average_precision|balanced_accuracy|matthews|kappa|log_loss|brier|classification_report|confusion_matrix|specificity|sensitivity/i;

export const EVAL03: Rule = {
	id: "EVAL03",
	title: "Classes are known to be imbalanced, and accuracy is the only measure",
	severity: "medium",
	confidence: 82,
	why: "Where one class has 95 % of the rows, a model that never finds the other has an accuracy of 0.95. In a study of 2,047 data sets the choice of metric turned the ranking of models around on 31 % of them.",
	references: [
		"https://arxiv.org/abs/2604.04199",
		"https://scikit-learn.org/stable/modules/model_evaluation.html#balanced-accuracy-score",
	],
	bad: `from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score

model = LogisticRegression(class_weight="balanced").fit(X_train, y_train)
print(accuracy_score(y_test, model.predict(X_test)))
`,
	good: `from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score

model = LogisticRegression(class_weight="balanced").fit(X_train, y_train)
print(accuracy_score(y_test, model.predict(X_test)))
print(average_precision_score(y_test, model.predict_proba(X_test)[:, 1]))
`,
	check: ({ modules, source }) =>
		[...modules].flatMap(([path, module]): Place[] => {
			if (SECOND.test(source(path))) return [];
			const accuracy = accuracyIn(module);
			const why = balancingIn(module);
			if (!accuracy || !why) return [];
			return [
				{
					...{ path, startLine: accuracy.line, endLine: accuracy.endLine },
					message: `Line ${why.line} shows that classes are imbalanced, and accuracy is all that is measured here.`,
					suggestion:
						"Measure what the rare class needs as well: average precision, recall at a fixed precision, or balanced accuracy.",
				},
			];
		}),
};

const accuracyIn = (module: PyNode): PyNode | undefined =>
	metricCalls(module).find(({ method }) => method === "accuracy_score")?.node ??
	callsOf(module).find(
		({ method, named }) =>
			(/^cross_val/.test(method) &&
				named.get("scoring")?.text.includes("accuracy")) ||
			(method === "compile" && named.get("metrics")?.text.includes("accuracy")),
	)?.node;

const balancingIn = (module: PyNode): PyNode | undefined =>
	callsOf(module).find(
		({ method, named }) =>
			BALANCES.test(method) ||
			WEIGHTS.some(
				(key) =>
					named.has(key) &&
					!/^(None|False|1)$/.test(named.get(key)?.text ?? ""),
			),
	)?.node;
