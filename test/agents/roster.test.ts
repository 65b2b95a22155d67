import { expect, test } from "vitest";
import { parseRole, ROSTER } from "../../src/agents/roster.ts";
import { maySubmit } from "../../src/agents/tools/submit.ts";
import { ROLES } from "../../src/reports/workflow.ts";

test("each of the seven roles has a card that names it", () => {
	expect(Object.keys(ROSTER)).toEqual([...ROLES]);
	for (const [name, card] of Object.entries(ROSTER)) {
		expect(card.role).toBe(name);
		expect(card.model).toBe("claude-opus-5-5");
		expect(card.brief.length).toBeGreaterThan(500);
	}
});

test("all roles think alike, because another model or effort would spoil their shared cache", () => {
	const ways = Object.values(ROSTER).map((c) => `${c.model} ${c.effort}`);
	expect(new Set(ways).size).toBe(1);
});

test("only the writer may hand in a change", () => {
	expect(ROLES.filter((role) => maySubmit(role, "change"))).toEqual([
		"ml-writer",
	]);
});

test("a role file with a slip is refused with the field's name", () => {
	const file = "---\nrole: ml-writer\nmodel: opus\neffort: huge\n---\nText";
	expect(() => parseRole(file)).toThrow(/effort/);
	expect(() => parseRole("no front matter")).toThrow(/YAML/);
});
