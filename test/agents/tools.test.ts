// What the tools cost: their definitions stand in every request.
import { expect, test } from "vitest";
import { READING_TOOLS } from "../../src/agents/tools/index.ts";
import { definitionOf } from "../../src/agents/tools/tool.ts";

test.each(READING_TOOLS)("$name is told in few words", (tool) => {
	const size = JSON.stringify(definitionOf(tool)).length;
	expect(size).toBeLessThanOrEqual(tool.name === "grep" ? 650 : 450);
});

test("a number beyond its bounds counts as the bound", () => {
	const grep = READING_TOOLS.find(({ name }) => name === "grep");
	const asked = { pattern: "x", limit: 5_000, context: -1 };
	expect(grep?.input.parse(asked)).toEqual({
		pattern: "x",
		limit: 100,
		context: 0,
	});
});
