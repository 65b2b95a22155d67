// What a fix makes of the lines, and where there is none because nothing is certain.
import { expect, test } from "vitest";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";
import { LEAK04 } from "../../../src/ml/rules/leak04.ts";
import { PT05 } from "../../../src/ml/rules/pt05.ts";
import { PT08 } from "../../../src/ml/rules/pt08.ts";
import { REP01 } from "../../../src/ml/rules/rep01.ts";
import { replacementOf } from "../../../src/ml/rules/replacement.ts";
import type { Rule } from "../../../src/ml/rules/rule.ts";
import { SEC01 } from "../../../src/ml/rules/sec01.ts";
import { TIME02 } from "../../../src/ml/rules/time02.ts";

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

const recurrent = (layer: string, last = "loss.backward()") => `import torch
net = torch.nn.${layer}(8, 16)
state = None
for x, y in chunks:
    out, state = net(x, state)
    loss = (out - y).pow(2).mean()
    ${last}
    optimizer.step()
`;

const windowed = (feature: string) => `import pandas as pd
from sklearn.linear_model import Lasso
df = pd.read_csv("sales.csv")
${feature}
past, future = df[:300], df[300:]
model = Lasso().fit(past[["usual", "price"]], past["sold"])
print(model.score(future[["usual", "price"]], future["sold"]))
`;

const crossed = (lines: string) => `import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.preprocessing import StandardScaler
df = pd.read_csv("a.csv")
X, y = df.drop(columns=["ill"]), df["ill"]
${lines}
`;

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
	[
		"a state is cut off once backward() has gone through it",
		PT08,
		recurrent("GRU"),
		`    out, state = net(x, state)
    loss = (out - y).pow(2).mean()
    loss.backward()
    state = state.detach()`,
	],
	[
		"the two parts of an LSTM's state are cut off one by one",
		PT08,
		recurrent("LSTM", "loss.backward()  # once"),
		`    out, state = net(x, state)
    loss = (out - y).pow(2).mean()
    loss.backward()  # once
    state = tuple(part.detach() for part in state)`,
	],
	[
		"weights are read without what else a pickle can do",
		SEC01,
		`import torch
model.load_state_dict(torch.load("net.pt"))
model.eval()
`,
		`model.load_state_dict(torch.load("net.pt", weights_only=True))`,
	],
	[
		"a scaler becomes a step of the cross-validation",
		LEAK04,
		crossed(`X = StandardScaler().fit_transform(X)
print(cross_val_score(LogisticRegression(C=2), X, y, cv=5))`),
		`from sklearn.pipeline import make_pipeline
df = pd.read_csv("a.csv")
X, y = df.drop(columns=["ill"]), df["ill"]
print(cross_val_score(make_pipeline(StandardScaler(), LogisticRegression(C=2)), X, y, cv=5))`,
	],
	[
		"rows under a new name keep it, untransformed",
		LEAK04,
		crossed(`from sklearn.pipeline import make_pipeline
scaler = StandardScaler()
scaled = scaler.fit_transform(X)
print(cross_val_score(LogisticRegression(), scaled, y).mean())`),
		`scaled = X
print(cross_val_score(make_pipeline(scaler, LogisticRegression()), scaled, y).mean())`,
	],
	[
		"the window sees earlier rows only",
		TIME02,
		windowed(
			`df["usual"] = df["sold"].fillna(0) - df["sold"].rolling(7).mean()`,
		),
		`df["usual"] = df["sold"].fillna(0) - df["sold"].shift(1).rolling(7).mean()`,
	],
	[
		"a column written as an attribute is moved too",
		TIME02,
		windowed(`df["usual"] = df.sold.expanding().mean()  # so far`),
		`df["usual"] = df.sold.shift(1).expanding().mean()  # so far`,
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
		"a network of one's own may carry anything",
		PT08,
		`import torch
class Net(torch.nn.Module):
    def __init__(self):
        self.inner = torch.nn.LSTM(8, 16)
    def forward(self, x, state):
        return self.inner(x, state)
net = Net()
for x, y in chunks:
    out, state = net(x, state)
    (out - y).sum().backward()
`,
	],
	[
		"backward() comes in some turns only",
		PT08,
		recurrent("GRU", "if y is not None: loss.backward()"),
	],
	[
		"backward() shares its line",
		PT08,
		recurrent("GRU", "loss.backward(); count += 1"),
	],
	[
		"the transformed rows are used a second time",
		LEAK04,
		crossed(`X = StandardScaler().fit_transform(X)
print(cross_val_score(LogisticRegression(), X, y), X.mean())`),
	],
	[
		"what the scaler learned is used later",
		LEAK04,
		crossed(`scaler = StandardScaler()
X = scaler.fit_transform(X)
print(cross_val_score(LogisticRegression(), X, y), scaler.mean_)`),
	],
	[
		"the line of the fit does something else too",
		LEAK04,
		crossed(`X = StandardScaler().fit_transform(X); k = 5
print(cross_val_score(LogisticRegression(), X, y, cv=k))`),
	],
	[
		"the file holds a whole network",
		SEC01,
		`import torch
model = torch.load("net.pt")
model.eval()
`,
	],
	[
		"the file holds what is called at once",
		SEC01,
		`import torch
print(torch.load("net.pt")(rows))
`,
	],
	[
		"nobody can tell what is judged",
		LEAK04,
		crossed(`X = StandardScaler().fit_transform(X)
for model in models:
    print(cross_val_score(model, X, y))`),
	],
	[
		"rows are grouped, and the shift has to stay within the groups",
		TIME02,
		windowed(
			`df["usual"] = df.groupby("shop")["sold"].rolling(4).mean().values`,
		),
	],
	[
		"the column is one of something that may be grouped",
		TIME02,
		windowed(`by = df.groupby("shop")
df["usual"] = by["sold"].rolling(4).mean().values`),
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
