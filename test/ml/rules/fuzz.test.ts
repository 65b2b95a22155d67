// Whatever stands in a file, no rule stops and none takes for ever.
import fc from "fast-check";
import { expect, test } from "vitest";
import { inspect } from "../../../src/ml/rules/inspect.ts";
import { fixturesOf, ruleFolders } from "./support/fixtures.ts";

const TEXTS = ruleFolders()
	.flatMap(fixturesOf)
	.flatMap(({ files }) => [...files.values()]);
const LONGEST_MS = 9_000;

async function expectCalm(files: Record<string, string>): Promise<void> {
	// Of the processor: beside other tests, the wall's clock says little.
	const started = process.cpuUsage();
	const { skipped } = await inspect(new Map(Object.entries(files)), {
		labels: ["y", "__proto__"],
	});
	expect(skipped.filter(({ why }) => why.includes("stopped"))).toEqual([]);
	const { user, system } = process.cpuUsage(started);
	expect((user + system) / 1_000).toBeLessThan(LONGEST_MS);
}

const text = fc.constantFrom(...TEXTS);
const at = fc.nat({ max: 3_000 });
/** One way of breaking a file. */
const broken = fc.oneof(
	fc.tuple(text, at).map(([it, end]) => it.slice(0, end)),
	fc.tuple(text, at).map(([it, start]) => it.slice(start)),
	fc
		.tuple(text, at, fc.string({ unit: "binary", maxLength: 20 }))
		.map(([it, where, noise]) => it.slice(0, where) + noise + it.slice(where)),
	fc
		.tuple(text, text, at)
		.map(([one, other, where]) => one.slice(0, where) + other),
	text.map((it) => it.replaceAll("\n", "\r\n")),
	text.map((it) => it.replaceAll(/^ +/gm, "")),
	text.map((it) => it.split("\n").reverse().join("\n")),
	text.map((it) => it.replaceAll(/\(([^()]*)\)/g, "((((((($1)))))))")),
	text.map((it) => it.replaceAll(/print\((.*)\)/g, "print $1")),
	text.map((it) =>
		JSON.stringify({ cells: [{ cell_type: "code", source: it }] }),
	),
);

test("fixtures, cut, spoilt and mixed in any way", async () => {
	await fc.assert(
		fc.asyncProperty(broken, broken, (one, other) =>
			expectCalm({ "a.py": one, "b.ipynb": other, "c.ipynb": one }),
		),
		{ numRuns: 40 },
	);
});

test.each([
	["a line of 1 MB", `x = [${"1, ".repeat(330_000)}1]\n`],
	["a call with 1 MB of text", `torch.load("${"a".repeat(990_000)}")\n`],
	["20,000 times the same call", "pickle.load(f)\n".repeat(20_000)],
	[
		"a loop in a loop, 90 deep",
		`${Array.from(
			{ length: 90 },
			(_, i) => `${" ".repeat(i)}for i in x:\n`,
		).join("")}${" ".repeat(91)}loss.backward()\n`,
	],
	[
		"a name that means itself in a circle",
		"a = b\nb = a\npickle.load(a)\nos.listdir(b)\n",
	],
	[
		"the names of all modules, from everywhere",
		"from x import *\nfrom .. import *\nimport .\nfrom . import\n",
	],
	[
		"bytes",
		Array.from({ length: 60_000 }, (_, i) =>
			String.fromCharCode((i * 7919) % 256),
		).join(""),
	],
	[
		"Python 2",
		'try:\n    model.fit(X)\nexcept Exception, e:\n    print "a", e\nexec "x" in d\n',
	],
])("%s", async (_, source) => {
	await expectCalm({ "a.py": source });
});
