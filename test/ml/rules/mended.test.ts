// What a fix makes of the lines, and where there is none because nothing is certain.
import { expect, test } from "vitest";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";
import { PT05 } from "../../../src/ml/rules/pt05.ts";
import { REP01 } from "../../../src/ml/rules/rep01.ts";
import { replacementOf } from "../../../src/ml/rules/replacement.ts";
import type { Rule } from "../../../src/ml/rules/rule.ts";

async function mended(rule: Rule, source: string) {
	const files = new Map([["a.py", source]]);
	const [hit] = await checkRules(files, { labels: [] }, [rule]);
	if (!hit) throw new Error(`${rule.id} finds nothing in:\n${source}`);
	return hit.fix && replacementOf(hit, hit.fix, source.split("\n"))?.after;
}

const evaluation = (head: string, line: string) => `${head}
net = torch.nn.Linear(4, 2)
for x, y in test_loader:
    ${line}
`;
const SUM = "right += net(x).sum().item()";

test.each([
	[
		"a loop of its own moves under no_grad, comments and all",
		PT05,
		evaluation("import torch", `# each batch\n    ${SUM}  # adds`),
		`with torch.no_grad():
    for x, y in test_loader:
        # each batch
        ${SUM}  # adds`,
	],
	[
		"no_grad is called what the file calls it",
		PT05,
		evaluation("import torch\nfrom torch import no_grad as off", SUM),
		`with off():\n    for x, y in test_loader:\n        ${SUM}`,
	],
	[
		"a function that only evaluates is decorated",
		PT05,
		`import torch as th
def evaluate(model, loader):
    for x, y in loader:
        total = model(x).sum()
    return total
print(evaluate(th.nn.Linear(2, 2), batches))
`,
		`@th.no_grad()
def evaluate(model, loader):
    for x, y in loader:`,
	],
	[
		"a function that also trains keeps its gradients",
		PT05,
		`import torch
def evaluate(model, loader, optimizer):
    for x, y in loader:
        total = model(x).sum()
    improve(model, optimizer)
evaluate(torch.nn.Linear(2, 2), batches, optimizer)
`,
		`    with torch.no_grad():
        for x, y in loader:
            total = model(x).sum()`,
	],
	[
		"every call that draws gets its seed",
		REP01,
		`from sklearn.cluster import KMeans
from sklearn.model_selection import train_test_split
a, b = train_test_split(
    rows,
)
model = KMeans()
`,
		`a, b = train_test_split(
    rows, random_state=0)
model = KMeans(random_state=0)`,
	],
])("%s", async (_, rule, source, after) => {
	expect(await mended(rule, source)).toBe(after);
});

test.each([
	[
		"a string of several lines would change when moved",
		PT05,
		evaluation("import torch", `print("""a\nb""", net(x))`),
	],
	[
		"nothing in the file binds torch",
		PT05,
		evaluation("from torch import nn\ntorch = helper()", SUM),
	],
	[
		"what a loop hands out would be used without gradients",
		PT05,
		`import torch
def evaluate(model, loader):
    for x, y in loader:
        yield model(x)
print(list(evaluate(torch.nn.Linear(2, 2), batches)))
`,
	],
	[
		"a seed for some of what draws would settle nothing",
		REP01,
		`from sklearn.cluster import KMeans
model = KMeans()
other = KMeans(random_state=None)
`,
	],
	[
		"a comment stands last among the arguments",
		REP01,
		`from sklearn.cluster import KMeans
model = KMeans(
    8  # many
)
`,
	],
])("none where %s", async (_, rule, source) => {
	expect(await mended(rule, source)).toBeUndefined();
});
