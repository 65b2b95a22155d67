// Another seed makes another repository: the outcome must follow that, not the
// script.
import { expect, it } from "vitest";
import { outcomeOf } from "../../src/cli/demo/outcome.ts";
import { leakOf } from "../support/leak.ts";
import { tellStory } from "../support/story.ts";

async function outcome(seed: number) {
	const story = await tellStory({ seed });
	expect(await story.toTheEnd()).toBe("delivered");
	const { evaluation } = await outcomeOf(story.stage, story.issue, 0);
	const leak = leakOf(story);
	const { truth } = story.stage.sample;
	await story.close();
	expect(leak.path).toBe(truth.leak.path);
	expect(leak.line).toBeGreaterThanOrEqual(truth.leak.startLine);
	expect(leak.line).toBeLessThanOrEqual(truth.leak.endLine);
	return { evaluation, leak };
}

it("another seed moves the metric and the leak's annotation", async () => {
	const [one, other] = [await outcome(42), await outcome(7)];
	expect(other.evaluation).not.toEqual(one.evaluation);
	expect(other.leak).not.toEqual(one.leak);
}, 900_000);
