// docs/phases.md promises, for every demand of the specification, a place in the
// code and a test. Both must exist, under the names it gives.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROLES } from "../../src/reports/workflow.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const page = readFileSync(join(ROOT, "docs/phases.md"), "utf8");

interface Row {
	readonly id: string;
	readonly demanded: string;
	readonly places: string[];
	/** "test/run/x.test.ts" and the test's name in it. */
	readonly tests: [path: string, name: string][];
}

const rows = page
	.split("\n")
	.map((line) => line.split("|").map((cell) => cell.trim()))
	.filter(([, id]) => /^[0-9A-Z]+\.\d+$/.test(id ?? ""))
	.map(
		([, id = "", demanded = "", places = "", tests = ""]): Row => ({
			...{ id, demanded },
			places: [...places.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? ""),
			tests: [...tests.matchAll(/`([^`]+)`: “([^”]+)”/g)].map(
				([, path = "", name = ""]) => [path, name],
			),
		}),
	);

describe("the page of the twelve phases", () => {
	it("has rows for every phase, agent and group of skills", () => {
		const sections = new Set(rows.map(({ id }) => id.split(".")[0]));
		const phases = Array.from({ length: 12 }, (_, i) => String(i + 1));
		for (const section of ["0", "C", ...phases, "A", "S"])
			expect(sections).toContain(section);
		for (const role of ROLES) expect(page).toContain(role);
	});

	it.each(rows)("$id names places that exist", ({ places }) => {
		expect(places.length).toBeGreaterThan(0);
		for (const place of places)
			expect(existsSync(join(ROOT, place)), place).toBe(true);
	});

	it.each(rows)("$id names tests that exist", ({ tests }) => {
		expect(tests.length).toBeGreaterThan(0);
		for (const [path, name] of tests) {
			const text = readFileSync(join(ROOT, path), "utf8");
			expect(text.includes(`"${name}"`), `${path}: ${name}`).toBe(true);
		}
	});
});
