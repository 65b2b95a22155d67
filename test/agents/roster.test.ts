import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseRole, ROSTER } from "../../src/agents/roster.ts";
import { EDIT_TOOLS } from "../../src/agents/tools/index.ts";
import { runChecks } from "../../src/agents/tools/run-checks.ts";
import { maySubmit } from "../../src/agents/tools/submit.ts";
import { ROLES, type Role } from "../../src/reports/workflow.ts";

test("each of the seven roles has a card that names it", () => {
	expect(Object.keys(ROSTER)).toEqual([...ROLES]);
	for (const [name, card] of Object.entries(ROSTER)) {
		expect(card.role).toBe(name);
		expect(card.model).toBe("claude-opus-5-5");
		expect(card.brief.length).toBeGreaterThan(500);
		// Every request of its conversations carries it.
		expect(card.brief.length, name).toBeLessThanOrEqual(2_400);
	}
});

test("all roles think alike, because another model or effort would spoil their shared cache", () => {
	const ways = Object.values(ROSTER).map((c) => `${c.model} ${c.effort}`);
	expect(new Set(ways).size).toBe(1);
});

test("only the writer may hand in a change", () => {
	const may = ROLES.filter((role) => maySubmit(role, "change"));
	expect(may).toEqual(["ml-writer"]);
});

test("only the writer may edit and run checks", () => {
	const building = [...EDIT_TOOLS, runChecks].map(({ name }) => name);
	expect(building.length).toBeGreaterThan(3);
	for (const tool of building)
		expect(
			ROLES.filter((role) => ROSTER[role].tools.includes(tool)),
			tool,
		).toEqual(["ml-writer"]);
});

test("who wrote a change never compares it with the design", () => {
	expect(ROLES.filter((role) => maySubmit(role, "design_review"))).toEqual([
		"ml-engineer",
		"mlops-engineer",
		"ml-reviewer",
	]);
});

test("each role's brief names its ground, and its card the phases it works in", () => {
	const known: Record<Role, [phases: number[], subjects: string[]]> = {
		"ml-explorer": [
			[1, 2, 3],
			["split", "features", "key files"],
		],
		"ml-architect": [[4], ["Decide", "risks"]],
		"ml-engineer": [
			[7],
			["PyTorch", "TensorFlow", "JAX", "truncated", "distributed"],
		],
		"mlops-engineer": [
			[5, 8],
			["MLflow", "Kubeflow", "clouds", "infrastructure as code"],
		],
		"data-scientist": [
			[3, 4, 6, 11],
			["data quality", "time series", "hypotheses", "features"],
		],
		"ml-reviewer": [
			[9, 10],
			["held-out", "unseeded", "Confidence"],
		],
		"ml-writer": [
			[7, 8, 9, 10, 11],
			["approved", "tests"],
		],
	};
	for (const role of ROLES) {
		const [phases, subjects] = known[role];
		expect(ROSTER[role].phases).toEqual(phases);
		for (const subject of subjects)
			expect(ROSTER[role].brief.toLowerCase(), role).toContain(
				subject.toLowerCase(),
			);
	}
});

test("a role file with a slip is refused with the field's name", () => {
	const file = "---\nrole: ml-writer\nmodel: opus\neffort: huge\n---\nText";
	expect(() => parseRole(file)).toThrow(/effort/);
	expect(() => parseRole("no front matter")).toThrow(/YAML/);
});

test("a role file may allow the tools there are, and no submission", () => {
	const source = readFileSync(
		new URL("../../src/agents/ml-writer.md", import.meta.url),
		"utf8",
	);
	const withTool = (tool: string) => () =>
		parseRole(source.replace(/^tools: .*$/m, `tools: [view, ${tool}]`));
	expect(withTool("grep")).not.toThrow();
	expect(withTool("submit_change")).toThrow(/tools/);
	expect(withTool("bash")).toThrow(/tools/);
});
