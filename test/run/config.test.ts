import { describe, expect, it } from "vitest";
import { asks, type Config, DEFAULT_CONFIG } from "../../src/run/config.ts";
import { parseConfig } from "../../src/run/parse-config.ts";

const faultsOf = (own: string, shared?: string) => {
	const parsed = parseConfig({ own, shared });
	return parsed.ok ? [] : parsed.faults;
};

function configOf(own?: string, shared?: string): Config {
	const parsed = parseConfig({ own, shared });
	if (!parsed.ok) throw new Error(parsed.faults.join("\n"));
	return parsed.config;
}

describe("the configuration", () => {
	it.each([undefined, "", "\n# label: other\n", "paths:\n  # none\n"])(
		"is optional: %j means the defaults",
		(text) => expect(configOf(text)).toEqual(DEFAULT_CONFIG),
	);

	it("asks at every gate of the specification when told so", () => {
		expect(asks(configOf("gates: specification"), "risks")).toBe(true);
		expect(asks(DEFAULT_CONFIG, "risks")).toBe(false);
		expect(asks(DEFAULT_CONFIG, "findings")).toBe(true);
	});

	it("takes every key it knows", () => {
		const text = `
label: ml
budget: 3.5
gates: { risks: ask }
models: { default: sonnet, ml-writer: claude-opus-5-5 }
paths:
  read_deny: [secret/**]
  write_allow: ["churn/**", modelwright_eval.py]
  write_deny: ["*.csv"]
runner: wasm
commands:
  tests: python -m unittest discover -s "my tests"
  train: python t.py {system} {data} {model_dir} {seed}
  predict: python p.py {system} {features} {model_dir} --out={out}
quiet: true
preview: true
retention: { days: 7 }
`;
		expect(configOf(text)).toMatchObject({
			models: { default: "sonnet", "ml-writer": "claude-opus-5-5" },
			paths: { write_deny: ["*.csv"] },
			commands: { tests: 'python -m unittest discover -s "my tests"' },
			retention: { days: 7 },
		});
	});
});

describe("a fault names line, key, what was expected and the way out", () => {
	it.each([
		[
			"a misspelt key",
			"label: ml\ngates:\n  risk: ask\n",
			"line 3, `gates.risk`: unknown key; did you mean `risks`?",
		],
		[
			"a key that resembles none",
			"# ours\nzebra: 1\n",
			/^line 2, `zebra`: unknown key; expected one of `label`, `budget`/,
		],
		[
			"a wrong type",
			'label: ml\nbudget: "cheap"\n',
			'line 2, `budget`: expected a number above 0 and at most 10000, or a map with `run`, `phase`, `agent`, got "cheap"',
		],
		[
			"too small a number",
			"budget: -1",
			"line 1, `budget`: expected a number above 0 and at most 10000, or a map with `run`, `phase`, `agent`, got -1",
		],
		[
			"a limit of a phase that is none",
			"budget:\n  run: 20\n  phase: 0\n",
			"line 3, `budget.phase`: expected a number above 0 and at most 10000, got 0",
		],
		[
			"a word outside the list",
			"gates:\n  risks: no\n",
			'line 2, `gates.risks`: expected one of `ask`, `auto`, got "no"',
		],
		[
			"a word instead of a map",
			"gates: auto\n",
			/^line 1, `gates`: expected `specification`, or a map with `requirements`.*, got "auto"$/,
		],
		[
			"a model nobody knows",
			"models:\n  ml-writer: gpt\n",
			/^line 2, `models.ml-writer`: expected one of `opus`, `sonnet`, `haiku`.*, got "gpt"$/,
		],
		[
			"a role nobody knows",
			"models:\n  ml-writter: opus\n",
			"line 2, `models.ml-writter`: unknown key; did you mean `ml-writer`?",
		],
		[
			"an item of a list",
			"paths:\n  write_deny:\n    - '*.csv'\n    - 3\n",
			"line 4, `paths.write_deny.1`: expected text of 1 to 200 characters, got 3",
		],
		[
			"a fraction of a day",
			"retention: { days: 0.5 }",
			/^line 1, `retention.days`: expected a whole number from 1 to 3650, got 0.5/,
		],
		[
			"a shell's command",
			"commands:\n  tests: pytest -q\n",
			'line 2, `commands.tests`: expected a line that begins with `python `, got "pytest -q"',
		],
		[
			"two commands in one",
			"commands:\n  tests: python a.py && python b.py\n",
			/there is no shell that would act on `&&`/,
		],
		[
			"a placeholder left out",
			"commands:\n  train: python t.py {data}\n",
			/^line 2, `commands.train`: expected the placeholders \{system\} \{model_dir\} too/,
		],
		[
			"a placeholder from nowhere",
			"commands:\n  tests: python t.py {home}\n",
			/\{home\} is no placeholder here/,
		],
		[
			"broken YAML",
			"label: ml\nbudget: [\nquiet: true\n",
			/^line 3: this is not YAML/,
		],
		[
			"a key twice",
			"quiet: true\nquiet: false\n",
			/^line 2: this is not YAML \(dupl/,
		],
		[
			"an alias bomb",
			"label: x\npaths: &a { read_deny: [] }\n",
			"line 2: anchors and aliases are not allowed; write the value out",
		],
		["too large a file", `label: ${"x".repeat(70_000)}`, /larger/],
		[
			"a list",
			"- label\n",
			/^line 1: expected a map with `label`.*, got a list$/,
		],
		["a prototype", "__proto__: { quiet: true }\n", /unknown key/],
	])("%s", (_what, text, expected) => {
		const faults = faultsOf(text);
		expect(faults).toHaveLength(1);
		if (typeof expected === "string") expect(faults[0]).toBe(expected);
		else expect(faults[0]).toMatch(expected);
	});

	it.each([
		["label: ml # ours\nbudget: no\n", undefined, "ml"],
		['label: "our ml"\nbudget: [\n', undefined, "our ml"],
		["budget: no\n", "label: 'shared'\n", "shared"],
		["budget: no\n", undefined, undefined],
	])("%j leaves its label to be read", (own, shared, label) => {
		const parsed = parseConfig({ own, shared });
		expect(parsed.ok ? "no fault" : parsed.label).toBe(label);
	});

	it("tells every fault at once", () => {
		expect(
			faultsOf("budget: no\nquite: true\ngates:\n  x: ask\n"),
		).toHaveLength(3);
	});
});

describe("what an organisation shares", () => {
	it("is the base that the repository's own keys override", () => {
		const shared =
			"budget: 5\nquiet: true\ngates: { risks: ask, approach: ask }\npaths: { write_deny: [a, b] }\n";
		const own =
			"budget: 9\ngates: { risks: auto }\npaths: { write_deny: [c] }\n";
		expect(configOf(own, shared)).toMatchObject({
			budget: 9,
			quiet: true,
			gates: { risks: "auto", approach: "ask" },
			paths: { write_deny: ["c"] },
		});
	});

	it("gives way whole where the repository says something else", () => {
		const config = configOf(
			"gates: specification\n",
			"gates: { risks: ask }\n",
		);
		expect(config.gates).toBe("specification");
	});

	it("has its faults told as its own", () => {
		expect(faultsOf("quiet: 1\n", "budget: no\n")).toEqual([
			expect.stringMatching(/^in the organisation's file, line 1, `budget`/),
			expect.stringMatching(/^line 1, `quiet`/),
		]);
	});
});
