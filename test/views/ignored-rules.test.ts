import { expect, test } from "vitest";
import { ignoredRules } from "../../src/views/ignored-rules.ts";
import { renderModelCard } from "../../src/views/model-card.ts";
import { reports, run } from "./samples.ts";

const review = {
	...reports.review,
	ignored: [
		{
			...{ rule: "SEC01", title: "Loading runs code", path: "a.py", line: 3 },
			...{ reason: "our @own\nfile", by: "comment" as const },
		},
	],
};

test("what rules found and the repository lives with stands in review and model card, with its reason", () => {
	const said = ignoredRules(review);
	expect(said).toContain(
		"- SEC01: Loading runs code (`a.py:3`); a comment there says: our",
	);
	expect(said).not.toMatch(/(^|\s)@own/);
	expect(renderModelCard({ run, before: { ...reports, review } })).toContain(
		said,
	);
	expect(ignoredRules(reports.review)).toBe("");
});
