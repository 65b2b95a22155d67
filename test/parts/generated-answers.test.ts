// A Messages server that knows nothing of us fills every submission from the
// tools' JSON Schemas alone; gates are answered with the command they show.
import { describe, expect, it } from "vitest";
import { generatedAnswers } from "../../src/local/scripted-model/generated-answers.ts";
import { tellStory, withoutTests } from "../support/story.ts";

describe("a run whose every submission is generated from the tools' schemas", () => {
	it("reaches phase 12", async () => {
		const story = await tellStory({
			project: withoutTests(),
			rules: generatedAnswers(),
		});
		try {
			expect(await story.toTheEnd()).toBe("delivered");
			expect(story.standing()?.phase).toBe(12);
			expect(story.stage.forge.violations).toEqual([]);
		} finally {
			await story.close();
		}
	}, 540_000);
});
