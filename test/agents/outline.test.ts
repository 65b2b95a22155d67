import { afterAll, beforeAll, expect, test } from "vitest";
import { outline } from "../../src/agents/tools/outline.ts";
import { type TempTree, tempTree } from "../support/temp-tree.ts";

const PYTHON = `"""Training."""
import torch.nn as nn

def load(path: str,
         limit=3):
    '''Reads rows.

    More of it.
    '''
    def inner(): pass

try:
    import wandb
except ImportError:
    class Fallback: pass

@register("net")
class Net(nn.Module, Base[int]):
    class Config:
        width = 3

    def forward(self, x):
        return x

    async def later(self): ...

if __name__ == "__main__":
    load("x")
`;

const FILES: Record<string, string> = {
	"train.py": PYTHON,
	"notes.ipynb": JSON.stringify({
		cells: [
			{ cell_type: "markdown", source: "# Title\nwords" },
			{
				cell_type: "code",
				source: ["%matplotlib inline\n", "def fit(x):\n", "    return x"],
				outputs: [{ output_type: "stream", text: "out" }],
			},
			{ cell_type: "code", source: "%%bash\nls" },
		],
	}),
	"README.md":
		"# One\ntext\n```\n# no heading\n```\n## Two\n\n### Three\n# Four\n",
	"conf.yaml": "# c\nmodel:\n  lr: 1\ndata: x\n",
	"pyproject.toml": 'x = 1\n[project]\nname = "a"\n[tool.x]\n',
	"conf.json": '{"a": [1, 2], "b": {"c": 1}, "d": null}',
	"empty.py": "x = 1\n",
	"deep.py": `${"(".repeat(50_000)}\n${"if x:\n".repeat(3_000)}`,
	"many.py": "def f(): pass\n".repeat(300),
	"broken.py": "class A(:\n  def f(self\n\0",
	"model.c": "int x;",
};

let tree: TempTree;
beforeAll(async () => {
	tree = await tempTree(FILES);
});
afterAll(() => tree.remove());

const ask = async (path: string) => {
	const reading = await outline.read(tree, { path });
	return reading.ok ? reading.text : `${reading.code}: ${reading.message}`;
};

test("Python is told by classes with bases, functions and first lines", async () => {
	expect((await ask("train.py")).split("\n")).toEqual([
		"4-10 def load(path: str, limit=3)  # Reads rows.",
		"15-15 class Fallback",
		"17-25 class Net(nn.Module, Base[int])",
		"  19-20 class Config",
		"  22-23 def forward(self, x)",
		"  25-25 def later(self)",
		'27-28 if __name__ == "__main__"',
	]);
});

test("a notebook is told by its cells, with the lines that view shows", async () => {
	expect((await ask("notes.ipynb")).split("\n")).toEqual([
		"1-3 [cell 0 markdown] # Title",
		"4-7 [cell 1 code] %matplotlib inline",
		"  6-7 def fit(x)",
		"9-11 [cell 2 code] %%bash",
	]);
});

test.each([
	["README.md", "1-8 # One\n  6-8 ## Two\n    8-8 ### Three\n9-9 # Four"],
	["conf.yaml", "2-3 model:\n4-4 data: x"],
	["pyproject.toml", "1-1 x = 1\n2-3 [project]\n4-4 [tool.x]"],
	["conf.json", '1-1 "a": list of 2\n1-1 "b": object of 1 keys\n1-1 "d": null'],
	["empty.py", "empty.py defines nothing by name; read it with view"],
	["model.c", "E_FORMAT: model.c has no outline: files of this kind have"],
	["broken.py", "E_FORMAT: broken.py is no text"],
	["../x.py", "E_FORBIDDEN"],
])("%s", async (path, expected) => {
	expect(await ask(path)).toContain(expected);
});

test("what is too much is counted, what is made to be slow is left", async () => {
	const many = (await ask("many.py")).split("\n");
	expect(many).toHaveLength(201);
	expect(many.at(-1)).toBe("+100 more, from line 201; find them with grep");
	const began = performance.now();
	await ask("deep.py");
	expect(performance.now() - began).toBeLessThan(4_000);
});
