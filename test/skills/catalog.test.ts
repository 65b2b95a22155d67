import { expect, test } from "vitest";
import { findSkill, readSkillFile, SKILLS } from "../../src/skills/catalog.ts";
import { skillCatalogue } from "../../src/skills/catalogue-text.ts";
import { parseSkill } from "../../src/skills/parse-skill.ts";

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

test("there are the 27 skills of the workflow and no other", () => {
	expect(SKILLS.map(({ name }) => name)).toEqual(NAMES.toSorted());
	expect(SKILLS).toHaveLength(27);
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
