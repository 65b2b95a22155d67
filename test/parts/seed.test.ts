// Another seed is another repository: the outcome must follow it, not the script.
import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/cli/demo/outcome.ts";
import { type Story, tellStory } from "../support/story.ts";

async function outcome(seed: number) {
	const story = await tellStory({ seed });
	try {
		expect(await story.toTheEnd()).toBe("delivered");
		const { evaluation } = await outcomeOf(story.stage, story.issue, 0);
		expect(story.stage.forge.violations).toEqual([]);
		return { evaluation, leak: leakOf(story), truth: story.stage.sample.truth };
	} finally {
		await story.close();
	}
}

function leakOf({ stage }: Story) {
	const annotations = [
		...stage.forge.repository(stage.repository).checkRuns.values(),
	].flatMap((run) => run.annotations);
	const leak = annotations.find(({ title }) => title?.includes("LEAK02"));
	return { path: leak?.path, line: leak?.start_line ?? 0 };
}

describe("another seed", () => {
	it("moves the metric and the leak's annotation", async () => {
		const usual = await outcome(42);
		const other = await outcome(7);
		expect(other.evaluation).not.toEqual(usual.evaluation);
		expect(other.leak).not.toEqual(usual.leak);
		for (const { leak, truth } of [usual, other]) {
			expect(leak.path).toBe(truth.leak.path);
			expect(leak.line).toBeGreaterThanOrEqual(truth.leak.startLine);
			expect(leak.line).toBeLessThanOrEqual(truth.leak.endLine);
		}
	}, 540_000);
});
