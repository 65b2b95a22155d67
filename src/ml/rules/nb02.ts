// A cell that needs what only a later one makes.

import { nodesOf } from "../python/nodes.ts";
import { nameEvents } from "../python/top-names.ts";
import type { ModuleCell } from "./notebook-module.ts";
import type { Place, Rule } from "./rule.ts";

export const NB02: Rule = {
	id: "NB02",
	title: "A cell uses a name that only a later cell defines",
	severity: "low",
	confidence: 85,
	why: "Run from top to bottom the notebook stops here. It worked once because the kernel still knew the name from another order, or from a cell that is gone, perhaps with another value.",
	references: ["https://doi.org/10.1109/MSR.2019.00077"],
	bad: `# In[1]:
print(scaled.mean())

# In[2]:
scaled = [1, 2]
`,
	good: `# In[1]:
scaled = [1, 2]

# In[2]:
print(scaled.mean())
`,
	check: ({ modules, notebooks }) =>
		[...notebooks].flatMap(([path, cells]): Place[] => {
			const module = modules.get(path);
			if (!module || hidesNames(module.text)) return [];
			if (
				nodesOf(module, "import_from_statement").some(({ text }) =>
					/\*\s*$/.test(text),
				)
			)
				return [];
			const events = nameEvents(module);
			const bound = new Set<string>();
			const told = new Set<string>();
			return events.flatMap(({ name, binds, node }, i) => {
				if (binds) bound.add(name);
				if (binds || bound.has(name) || told.has(name)) return [];
				const here = cellOf(cells, node.line);
				const later = events
					.slice(i)
					.find((event) => event.binds && event.name === name);
				const there = later && cellOf(cells, later.node.line);
				if (!here || !there || there.index <= here.index) return [];
				told.add(name);
				return [
					{
						...{ path, startLine: node.line, endLine: node.endLine },
						message: `\`${name}\` is used in cell ${here.index}, and first defined in cell ${there.index} below it.`,
						suggestion: `Move the cell that defines \`${name}\` up, restart the kernel and run all cells.`,
					},
				];
			});
		}),
};

const cellOf = (cells: readonly ModuleCell[], line: number) =>
	cells.findLast(({ startLine }) => startLine <= line);

/** Other files or strings may define anything. */
const hidesNames = (source: string) =>
	/\b(exec|run_line_magic|globals)\s*\(|^\s*%(run|load|pylab)\b/m.test(source);
