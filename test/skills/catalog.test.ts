import { expect, test } from "vitest";
import { findSkill, readSkillFile, SKILLS } from "../../src/skills/catalog.ts";
import { skillCatalogue } from "../../src/skills/catalogue-text.ts";
import { parseSkill } from "../../src/skills/parse-skill.ts";
import { pagesOf, RUNNABLE } from "../support/snippets.ts";

/** As the workflow's specification names them; one of them in the format's spelling. */
const NAMES = [
	...["aeon-time-series", "pytorch-patterns", "pytorch-lightning"],
	...["tbptt-training", "scikit-learn", "statsmodels", "transformers", "shap"],
	...["stable-baselines3", "torch-geometric"],
	...["dask", "polars", "vaex", "zarr-python", "networkx"],
	...["statistical-analysis", "exploratory-data-analysis"],
	...["hypothesis-generation", "pymc", "pymoo", "umap-learn"],
	...["matplotlib", "seaborn", "plotly"],
	...["sympy", "simpy", "global-templates"],
];

/** The rules of this project that a skill may point to. */
const RULE =
	/^(LEAK(0[1-9]|1[01])|TIME0[1-7]|GRP01|REP0[1-5]|PT(0[1-9]|10)|SEC01|EVAL0[1-4]|PD01|NB0[12])$/;

test("there are the 27 skills of the workflow and no other", () => {
	expect(SKILLS.map(({ name }) => name)).toEqual(NAMES.toSorted());
	expect(SKILLS).toHaveLength(27);
});

test.each(SKILLS)(
	"$name says when to use it and when not, what to beware of and how to verify",
	(skill) => {
		expect(skill.description).toMatch(/\bUse when\b/);
		expect(skill.body).toMatch(/\*\*When:\*\*/);
		expect(skill.body).toMatch(/\*\*When not:\*\*/);
		expect(skill.body).toMatch(/^## Traps$/m);
		expect(skill.body).toMatch(/^## Verify$/m);
		expect(skill.body).toMatch(/^\|---/m);
		expect(skill.words.length).toBeGreaterThan(3);
	},
);

/** Written out in full, with references and scripts; the others are pages alone so far. */
const FULL = SKILLS.filter(({ files }) => files.length > 0);

test.each(SKILLS.filter((skill) => !FULL.includes(skill)))(
	"$name is short enough to be read on the way, and shows one or two programs",
	({ name, body }) => {
		const lines = body.split("\n").length;
		expect(lines).toBeGreaterThanOrEqual(25);
		expect(lines).toBeLessThanOrEqual(90);
		// Well under 2,000 tokens: a token of such text is some 3.5 characters.
		expect(body.length).toBeLessThan(5_000);
		expect([1, 2]).toContain(programsOn(name));
	},
);

test("some skills are written out in full", () => {
	expect(FULL.map(({ name }) => name)).toEqual(
		expect.arrayContaining([
			...["scikit-learn", "statistical-analysis", "tbptt-training"],
		]),
	);
});

test.each(FULL)(
	"$name is a page of five to eight programs with versions and references",
	({ name, body, files }) => {
		const lines = body.split("\n").length;
		expect(lines).toBeGreaterThanOrEqual(120);
		expect(lines).toBeLessThanOrEqual(250);
		// Code has more tokens a character than prose: 2,000 tokens and some room.
		expect(body.length).toBeLessThanOrEqual(7_600);
		expect(programsOn(name)).toBeGreaterThanOrEqual(5);
		expect(programsOn(name)).toBeLessThanOrEqual(8);
		expect(body).toMatch(/\*\*Versions:\*\*/);
		expect(body).toMatch(/^## Decide$/m);
		expect(body).toMatch(/^## References$/m);
		const references = files.filter((file) => file.startsWith("references/"));
		expect([2, 3, 4]).toContain(references.length);
	},
);

test.each(FULL)("$name lists the files it has and no other", (skill) => {
	const { body, files } = skill;
	const named = body.match(/`(references|scripts)\/[\w.-]+/g) ?? [];
	expect(new Set(named.map((path) => path.slice(1)))).toEqual(new Set(files));
	for (const file of files) {
		const text = readSkillFile(skill, file) ?? "";
		expect(text.split("\n").length, file).toBeLessThanOrEqual(320);
		if (file.endsWith(".md")) expect(text).toMatch(/^Contents: /m);
	}
});

test("a file of a skill is found by path or bare name, and nothing else is", () => {
	const skill = findSkill("scikit-learn");
	if (!skill) throw new Error("no such skill");
	const text = readSkillFile(skill, "references/splits.md");
	expect(text).toMatch(/^# Splits/);
	for (const asked of ["splits", "splits.md", " References/Splits.md "])
		expect(readSkillFile(skill, asked)).toBe(text);
	for (const asked of ["", "SKILL.md", "../catalog.ts", "references", "x"])
		expect(readSkillFile(skill, asked)).toBeUndefined();
});

const programsOn = (name: string) =>
	RUNNABLE.filter((s) => s.skill === name && s.file === "SKILL.md").length;

test.each(SKILLS)("$name names only rules that exist", (skill) => {
	const text = pagesOf(skill).map((page) => page.text);
	const named = text.join("\n").match(/\b[A-Z]{2,4}\d\d\b/g) ?? [];
	expect(named.filter((id) => !RULE.test(id) && !/^HC/.test(id))).toEqual([]);
});

test("the catalogue has a short line for each, because every request carries it", () => {
	const lines = skillCatalogue().split("\n");
	expect(lines).toHaveLength(27);
	for (const line of lines) {
		const [, name = "", what = ""] = /^- ([a-z0-9-]+): (.+)$/.exec(line) ?? [];
		expect(NAMES).toContain(name);
		expect(what.length, line).toBeLessThanOrEqual(90);
	}
	expect(skillCatalogue().length).toBeLessThanOrEqual(2_600);
});

test("no two skills claim one name", () => {
	const names = SKILLS.flatMap(({ name, aliases }) => [name, ...aliases]);
	expect(new Set(names).size).toBe(names.length);
});

test.each([
	["torch_geometric", "torch-geometric"],
	["torch-geometric", "torch-geometric"],
	[" Polars ", "polars"],
	["hygen", "global-templates"],
])("%j finds %s", (asked, found) => {
	expect(findSkill(asked)?.name).toBe(found);
});

test("an unknown name finds nothing", () => {
	expect(findSkill("../agents/ml-writer")).toBeUndefined();
});

const good = `---
name: made-up
description: A skill that is made up for a test. Use when a test needs one.
metadata:
  group: Utilities
---
Text`;

test.each([
	["no front matter", "Text", "YAML between two --- lines"],
	["another name", good.replace("made-up", "other"), 'name: "other" must be'],
	["a name in capitals", good.replace("made-up", "Made"), "name: lower-case"],
	["angle brackets", good.replace("A skill", "<b>"), "description: no angle"],
	["a key it does not know", good.replace("name:", "nam:"), "nam"],
	[
		"a group it does not know",
		good.replace("Utilities", "Fun"),
		"metadata.group",
	],
	["broken YAML", good.replace("name:", "name: ["), "front matter:"],
])("a skill with %s is refused, with file and key", (_what, text, fault) => {
	expect(() => parseSkill("made-up", text)).toThrow("made-up/SKILL.md: ");
	expect(() => parseSkill("made-up", text)).toThrow(fault);
});

test("a skill in the plain public format is read", () => {
	expect(parseSkill("made-up", good)).toMatchObject({
		name: "made-up",
		imports: [],
		body: "Text",
	});
});
