import { describe, expect, test } from "vitest";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";

const check = (files: Record<string, string>, labels: string[] = []) =>
	checkRules(new Map(Object.entries(files)), { labels });

/** Sums up column `mood` per town and splits; nothing in it says what the label is. */
const NAMELESS = `
def prepare(rows):
    total, count = {}, {}
    for row in rows:
        total[row["town"]] = total.get(row["town"], 0) + row["mood"]
        count[row["town"]] = count.get(row["town"], 0) + 1
    for row in rows:
        row["town_mood"] = total[row["town"]] / count[row["town"]]
    return split_rows(rows)
`;

describe("what the label is", () => {
	test("may come from outside: then the same code is a leak", async () => {
		expect(await check({ "a.py": NAMELESS })).toEqual([]);
		expect(await check({ "a.py": NAMELESS }, ["mood"])).toHaveLength(1);
		expect(await check({ "a.py": NAMELESS }, ["town"])).toEqual([]);
	});

	test("may come from another file of the repository", async () => {
		const other = 'def fit(model, X, df):\n    model.fit(X, df["mood"])\n';
		expect(await check({ "a.py": NAMELESS, "b.py": other })).toHaveLength(1);
	});
});

describe("what is looked at", () => {
	test("tests are not: they show what may happen, not what the pipeline does", async () => {
		expect(await check({ "tests/a.py": NAMELESS }, ["mood"])).toEqual([]);
		expect(await check({ "src/test_a.py": NAMELESS }, ["mood"])).toEqual([]);
	});

	test("all other Python files are, and hits come in order of place", async () => {
		const hits = await check({ "z.py": NAMELESS, "lib/a.py": NAMELESS }, [
			"mood",
		]);
		expect(hits.map(({ path }) => path)).toEqual(["lib/a.py", "z.py"]);
	});
});

describe("strange files do not stop the check of the others:", () => {
	test.each([
		["200,000 opening brackets", "(".repeat(200_000)],
		[
			"100,000 nested lists",
			`x = ${"[".repeat(100_000)}${"]".repeat(100_000)}\n`,
		],
		["a chain of 20,000 sums", `x = 1${" + 1".repeat(20_000)}\n`],
		["a chain of 5,000 calls", `x = a${".b()".repeat(5_000)}\n`],
		["Python 2", 'print "hello"\nexec "x"\n'],
		["bytes that are no text", "\u0000\u0001\ufffd".repeat(1_000)],
		["an unterminated string", 'x = """never ends\n'],
		[
			"functions that call each other",
			"def f(a):\n    return g(a)\n\ndef g(a):\n    return f(a)\n",
		],
		["a file that imports itself", "from hostile import x\nimport hostile.y\n"],
		["a class that is its own base", "class A(A):\n    pass\n\nA().f()\n"],
		[
			"names of JavaScript's own",
			'constructor(__proto__)["constructor"].toString()\n',
		],
		[
			"functions that double the work at each level",
			Array.from(
				{ length: 40 },
				(_, i) =>
					`def f${i}(r):\n    f${i + 1}(r)\n    f${i + 1}(r)\n    return f${i + 1}(r)\n`,
			).join("\n"),
		],
	])("%s", async (_, source) => {
		const started = process.cpuUsage();
		const hits = await check({ "hostile.py": source, "z.py": NAMELESS }, [
			"mood",
		]);
		expect(hits).toHaveLength(1);
		// Of the processor: beside other tests, the wall's clock says little.
		const { user, system } = process.cpuUsage(started);
		expect((user + system) / 1_000).toBeLessThan(12_000);
	});
});
