// The task as the team writes it. Columns are named as the seed spells them.
import type { Names } from "./names.ts";

export interface Issue {
	readonly title: string;
	readonly body: string;
}

export function writeIssue(names: Names): Issue {
	return {
		title: `Predict which customers will ${names.verb} next month`,
		body: `Every Monday the retention team calls about eighty customers and picks \
them by gut feeling. We would like a weekly batch that ranks all customers by the \
probability that they will ${names.verb} within the next month. The history is in \
\`data/customers.csv\`: one row per customer and month, so the same \
\`${names.group}\` can stand in several rows; the label is \`${names.label}\`. It runs \
on a small machine with Python's standard library only and writes a CSV; there is \
no hurry, a few minutes are fine.

Few customers ${names.verb}, so please judge by PR-AUC on customers the model has \
not seen, clearly better than our logistic baseline in \`churn/baseline.py\`. As a \
working point we wish for a recall of 0.60 or more at a precision of 0.30: a missed \
customer costs us about ten times as much as a needless call. The gain must be \
real, not luck or a leak; we have been burnt before.
`,
	};
}
