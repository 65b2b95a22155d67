// A join that takes the nearest, or the next, row in time.
import type { Rule } from "./rule.ts";

export const TIME06: Rule = {
	id: "TIME06",
	title: "An as-of join takes later rows",
	severity: "high",
	confidence: 88,
	byConstruction: true,
	why: 'With `direction="forward"` or `"nearest"` a row is joined with something that was not known at its time. Joined to a measurement of five minutes later, a forecast of those five minutes is easy.',
	references: [
		"https://pandas.pydata.org/docs/reference/api/pandas.merge_asof.html",
	],
	bad: `import pandas as pd

trades = pd.read_csv("trades.csv", parse_dates=["time"])
quotes = pd.read_csv("quotes.csv", parse_dates=["time"])
rows = pd.merge_asof(trades, quotes, on="time", direction="nearest")
`,
	good: `import pandas as pd

trades = pd.read_csv("trades.csv", parse_dates=["time"])
quotes = pd.read_csv("quotes.csv", parse_dates=["time"])
rows = pd.merge_asof(trades, quotes, on="time", direction="backward")
`,
	check: ({ lineage }) =>
		lineage.operations.flatMap(({ name, settings, place }) => {
			const direction = settings.get("direction") ?? "";
			const looks = /^["'](forward|nearest)["']$/.exec(direction)?.[1];
			if (name !== "merge_asof" || !looks) return [];
			return [
				{
					...place,
					message: `merge_asof with direction "${looks}" joins rows with later ones: what they bring was not known at the time of the row.`,
					suggestion:
						'Use direction="backward", which is the default, and a tolerance that is as old as the value may be.',
				},
			];
		}),
};
