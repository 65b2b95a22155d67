// A preview ends with a design: nothing it shows may ask for what does not exist.
import { expect, it } from "vitest";
import type { Run } from "../../src/run/run.ts";
import { renderStatus } from "../../src/views/status-comment.ts";
import { runAfter } from "../support/runs.ts";

const live = { now: "2026-01-02T04:00:00Z", spentUsd: 1, links: { pulls: [] } };
const delivered = (preview: boolean): Run => {
	const run = runAfter(5);
	return {
		...run,
		state: "delivered",
		config: { ...run.config, preview },
	};
};

it("a delivered preview asks to read the design, not to merge", () => {
	const text = renderStatus(delivered(true), live);
	expect(text).toContain("a preview: it ends with phase 6");
	expect(text).toContain("read the design of phase 6");
	expect(text).not.toContain("merge");
});

it("any other delivered run asks to review and merge", () => {
	const text = renderStatus(delivered(false), live);
	expect(text).toContain("review and merge");
	expect(text).not.toContain("preview");
});
