// A notebook whose results come from another order than its cells'.
import type { Place, Rule } from "./rule.ts";

export const NB01: Rule = {
	id: "NB01",
	title: "The cells ran in another order than they stand in",
	severity: "low",
	confidence: 95,
	byConstruction: true,
	why: "What such a notebook shows cannot be had by running it from top to bottom: a cell may have worked with what a later one left behind. Whoever repeats it gets other numbers, or an error.",
	references: ["https://doi.org/10.1109/MSR.2019.00077"],
	bad: `# In[2]:
model.fit(X, y)

# In[1]:
X = X.dropna()
`,
	good: `# In[1]:
X = X.dropna()

# In[2]:
model.fit(X, y)
`,
	check: ({ notebooks }) =>
		[...notebooks].flatMap(([path, cells]): Place[] => {
			const ran = cells.filter((cell) => cell.ran !== undefined);
			const at = ran.findIndex(
				(cell, i) => i > 0 && (cell.ran ?? 0) < (ran[i - 1]?.ran ?? 0),
			);
			const [before, cell] = [ran[at - 1], ran[at]];
			if (!before || !cell) return [];
			return [
				{
					...{ path, startLine: cell.startLine, endLine: cell.startLine },
					message: `Cell ${cell.index} ran as number ${cell.ran}, cell ${before.index} above it as number ${before.ran}.`,
					suggestion:
						"Restart the kernel, run all cells from the top, and keep that.",
				},
			];
		}),
};
