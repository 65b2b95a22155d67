// A capsule is strangers' text: what it may say, in both of its forms, and what not.
import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { Capsule } from "../../src/reports/requirements.ts";
import {
	capsulePath,
	capsuleSlug,
	isSlug,
	parseCapsule,
} from "../../src/run/capsule.ts";

const FILES = new Set(["churn/baseline.py", "churn/split.py"]);
const parse = (text: string, slug = "churn") => parseCapsule(slug, text, FILES);
const faultsOf = (text: string) => {
	const parsed = parse(text);
	return parsed.ok ? [] : parsed.faults;
};

const NESTED = `version: "1.0"
created: 2026-11-20T09:00:00Z
slug: churn
goal: |
  Rank customers.
non_goals: [a dashboard]
constraints:
  - standard library only
success_criteria:
  - tests_pass: true
  - files_created: [churn/model.py, churn/train.py]
  - PR-AUC above the baseline
context:
  patterns_path: docs/patterns.md
  key_files:
    - path: ./churn/baseline.py
      reason: The model to beat
questions:
  decisions_made:
    - { question: How often?, answer: weekly }
  open_questions: [Who reads it?]
handoff: { recommended_command: ml-dev, args: --capsule churn, reasoning: ready }
risks:
  - { severity: high, description: few rows, mitigation: a simple model }
`;

describe("a capsule", () => {
	it("is read in its nested form", () => {
		expect(parse(NESTED)).toEqual({
			ok: true,
			capsule: {
				slug: "churn",
				path: ".phase0/capsules/churn/capsule.yaml",
				goal: "Rank customers.",
				nonGoals: ["a dashboard"],
				constraints: ["standard library only"],
				successCriteria: [
					"tests_pass: true",
					"files_created: churn/model.py, churn/train.py",
					"PR-AUC above the baseline",
				],
				decisions: [{ question: "How often?", answer: "weekly" }],
				openQuestions: ["Who reads it?"],
				risks: [
					{
						severity: "high",
						description: "few rows",
						mitigation: "a simple model",
					},
				],
				keyFiles: [{ path: "churn/baseline.py", reason: "The model to beat" }],
			},
		});
	});

	it("is read in its flat form, with plain words for lists and objects", () => {
		const parsed = parse(
			"goal: Rank\nconstraints: none known\nkey_files: [churn/split.py]\nrisks: [it leaks]\n",
		);
		expect(parsed).toMatchObject({
			ok: true,
			capsule: {
				goal: "Rank",
				constraints: ["none known"],
				keyFiles: [{ path: "churn/split.py" }],
				risks: [{ description: "it leaks" }],
				decisions: [],
			},
		});
		if (parsed.ok)
			expect(Capsule.parse(parsed.capsule)).toEqual(parsed.capsule);
	});

	it("may be copied from the manual", () => {
		const manual = readFileSync(
			new URL("../../docs/using.md", import.meta.url),
			"utf8",
		);
		const example = /```yaml\n([\s\S]*?)```/.exec(manual)?.[1] ?? "";
		expect(parse(example)).toMatchObject({
			ok: true,
			capsule: { decisions: [{ answer: "no" }], risks: [{ severity: "high" }] },
		});
	});

	it("takes a version written as a number for what it means", () => {
		expect(parse("version: 1.0\ngoal: Rank\n").ok).toBe(true);
	});
});

test.each([
	["nothing", "", "not YAML"],
	["a list", "- goal\n", "line 1"],
	["words", "rank them\n", "line 1"],
	["no goal", "constraints: [a]\n", "goal"],
	["a goal that is a number", "goal: 7\n", "line 1, goal"],
	["an unknown key", "goal: Rank\nrisk: none\n", "line 2, risk: this key"],
	[
		"an unknown inner key",
		"goal: Rank\nrisks:\n  - level: high\n    description: x\n",
		"line 3, risks.0.level",
	],
	[
		"a severity of its own",
		"goal: Rank\nrisks:\n  - severity: fatal\n    description: x\n",
		"line 3, risks.0.severity",
	],
	["another version", 'version: "2.0"\ngoal: Rank\n', "line 1, version"],
	[
		"another slug",
		"slug: other\ngoal: Rank\n",
		'line 1, slug: expected "churn"',
	],
	[
		"a key file that is not there",
		"goal: Rank\nkey_files: [churn/model.py]\n",
		'"churn/model.py" is no file',
	],
	[
		"a key file outside",
		"goal: Rank\nkey_files: [../../etc/passwd]\n",
		'"../../etc/passwd" is no file',
	],
	[
		"a folder for a key file",
		"goal: Rank\nkey_files: [churn]\n",
		'"churn" is no file',
	],
	[
		"a prototype",
		"goal: Rank\n__proto__: { polluted: true }\n",
		"line 2, __proto__: this key is not allowed",
	],
	[
		"a prototype deep down",
		"goal: Rank\ncontext: { constructor: { x: 1 } }\n",
		"context.constructor: this key is not allowed",
	],
	["an anchor", "goal: &a Rank\n", "line 1: anchors"],
	["an alias", "goal: &a Rank\nconstraints: [*a]\n", "line 1: anchors"],
	["a tag", "goal: !!js/function 'x'\n", "line 1"],
	["a key twice", "goal: Rank\ngoal: Sort\n", "line 2"],
	["bad indentation", "goal: Rank\n  constraints: x\n", "not YAML"],
	["two documents", "goal: Rank\n---\ngoal: Sort\n", "not YAML"],
	[
		"too many entries",
		`goal: Rank\nconstraints: [${"a, ".repeat(60)}b]\n`,
		"constraints",
	],
	["a giant", `goal: ${"x".repeat(70_000)}\n`, "larger than 65536 bytes"],
	["a tower", `goal: ${"[".repeat(5_000)}\n`, "line 1"],
])("a capsule with %s is refused", (_, text, fault) => {
	expect(faultsOf(text).join("\n")).toContain(fault);
	expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

describe("an issue names a capsule", () => {
	const slug = (title: string, body = "") => capsuleSlug({ title, body });

	it("in its title, or else in its body", () => {
		expect(slug("Churn --capsule churn-2", "--capsule other")).toBe("churn-2");
		expect(slug("Churn", "Please.\n\n### Capsule\n\n--capsule churn\n")).toBe(
			"churn",
		);
		expect(slug("Churn", "Use `--capsule=churn`.")).toBe("churn");
	});

	it("or does not", () => {
		expect(slug("Churn", "")).toBeUndefined();
		expect(slug("A--capsule b", "our --capsules are nice")).toBeUndefined();
		expect(
			slug("Churn", "<!-- for example --capsule churn -->"),
		).toBeUndefined();
	});

	it("by a slug that cannot lead out of its folder", () => {
		for (const bad of [
			"",
			"../etc",
			"a/b",
			"Churn",
			"-a",
			"a".repeat(65),
			"a\nb",
		])
			expect(isSlug(bad), bad).toBe(false);
		for (const good of ["a", "churn-2", "9", "a".repeat(64)])
			expect(capsulePath(good)).toBe(
				`.phase0/capsules/${isSlug(good) ? good : ""}/capsule.yaml`,
			);
		expect(isSlug(slug("--capsule") ?? "x")).toBe(false);
	});
});
