import { expect, test } from "vitest";
import { parseRole, ROSTER } from "../../src/agents/roster.ts";
import { maySubmit } from "../../src/agents/tools/submit.ts";
import { CHANGE_KINDS } from "../../src/reports/submissions.ts";
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

test.each(CHANGE_KINDS)("only the writer may hand in a %s", (kind) => {
	expect(ROLES.filter((role) => maySubmit(role, kind))).toEqual(["ml-writer"]);
});

test("who wrote a change never compares it with the design", () => {
	expect(ROLES.filter((role) => maySubmit(role, "design_review"))).toEqual([
		"ml-engineer",
		"mlops-engineer",
		"ml-reviewer",
	]);
});

test("a role file with a slip is refused with the field's name", () => {
	const file = "---\nrole: ml-writer\nmodel: opus\neffort: huge\n---\nText";
	expect(() => parseRole(file)).toThrow(/effort/);
	expect(() => parseRole("no front matter")).toThrow(/YAML/);
});
