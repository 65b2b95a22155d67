// Target mean encoding before the split.
import type { CodePlace, EncodedAcrossSplit } from "../python/flow/flow.ts";
import type { Rule } from "./rule.ts";

export const LEAK02: Rule = {
	id: "LEAK02",
	title: "The label's mean per category is computed before the split",
	severity: "critical",
	confidence: 92,
	interim: true,
	why: "A category is replaced by the mean label of its rows. Computed on all rows, each held-out row's own label is in its feature. On labels of pure noise this alone gave an AUC of 0.862 where 0.512 is honest in our own seeded simulation.",
	references: [
		"https://scikit-learn.org/stable/auto_examples/preprocessing/plot_target_encoder_cross_val.html",
	],
	bad: `import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("churn.csv")
df["region_rate"] = df.groupby("region")["churned"].transform("mean")
X, y = df.drop(columns=["churned"]), df["churned"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
`,
	good: `import pandas as pd
from sklearn.model_selection import train_test_split

df = pd.read_csv("churn.csv")
train, test = train_test_split(df, random_state=0)
rates = train.groupby("region")["churned"].mean()
test["region_rate"] = test["region"].map(rates).fillna(train["churned"].mean())
`,
	check: ({ flow, lineage, quote }, { labels }) => {
		// What models are fitted to says more than what a name promises.
		const fitted = lineage.fits.flatMap(({ label }) => label ?? []);
		const known = new Set([
			...labels,
			...(fitted.length ? fitted : flow.labels),
		]);
		return flow.encodings
			.filter(({ statistic }) => known.has(statistic.column))
			.filter(({ statistic: { place, column } }) =>
				isEncoding(quote(place), column),
			)
			.map((encoding) => ({
				...encoding.statistic.place,
				message: explain(encoding),
				suggestion:
					"Split first. Compute the statistic on the training part only and look it up for the held-out part; inside the training part compute it per fold, without the fold's own rows.",
			}));
	},
};

const SUMS_UP =
	/groupby|pivot_table|crosstab|\+=|\.(get|setdefault|append|agg|aggregate|transform|mean|sum|median|std|var|min|max)\(|\b(sum|mean|fmean|median)\(|\+/;

/** Not gaps of a column filled from itself, single values changed, reduced tensors, or lists and texts put together. */
function isEncoding(line: string, column: string): boolean {
	const oneByOne = /\.apply\(/.test(line) && !/groupby|\bby\b/.test(line);
	const fillsGaps = /\[([^\]]+)\]\.fillna\(.*groupby\(.*\[\1\]/s.test(line);
	if (!SUMS_UP.test(line) || oneByOne || fillsGaps) return false;
	const [, written = ""] = /^([^=(]*\])\s*=(?!=)/.exec(line.trim()) ?? [];
	const fillsItself = [`"${column}"]`, `'${column}']`].some((end) =>
		written.endsWith(end),
	);
	return (
		!fillsItself &&
		!/\b(keep)?dim\s*=/.test(line) &&
		!/\.append\(\s*\[|\+=?\s*['" +]*str\(/.test(line)
	);
}

function explain({ statistic, written, split }: EncodedAcrossSplit): string {
	const { column, by, place } = statistic;
	const per = by.length ? `per "${by.join('", "')}"` : "per category";
	return (
		`The label "${column}" is summed up ${per} over all rows, the result becomes a feature of the rows (${where(written, place)}), ` +
		`and the same rows are divided into training and held-out rows (${where(split, place)}). ` +
		"So the feature of a held-out row contains that row's own label, and the held-out score promises more than new data will give."
	);
}

function where(there: CodePlace, here: CodePlace): string {
	const line = `line ${there.startLine}`;
	return there.path === here.path ? line : `${there.path}, ${line}`;
}
