// The README's pictures, taken of a finished run. With PICTURES=docs/images they
// are kept; otherwise they go to a temporary folder and are only looked at.
import { mkdir, mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missingBrowser, screenshot } from "../support/browser.ts";
import { type Story, tellStory } from "../support/story.ts";

if (missingBrowser) console.warn(`2 pictures are not taken: ${missingBrowser}`);

let story: Story;
let folder: string;

beforeAll(async () => {
	if (missingBrowser) return;
	folder = process.env.PICTURES ?? (await mkdtemp(join(tmpdir(), "pictures-")));
	await mkdir(folder, { recursive: true });
	story = await tellStory();
	await story.toTheEnd();
	await story.stage.forge.idle();
}, 360_000);

afterAll(() => story?.close());

describe.skipIf(missingBrowser)("a finished run, as a person sees it", () => {
	it("has its checklist on the issue's page", async () => {
		const file = join(folder, "issue.png");
		const { forge, repository } = story.stage;
		await screenshot(
			`${forge.base}/${repository}/issues/${story.issue}`,
			file,
			{
				height: 1_400,
				before: async (page) => {
					const done = page.locator("input[type=checkbox]:checked");
					expect(await done.count()).toBeGreaterThanOrEqual(12);
				},
			},
		);
		expect((await stat(file)).size).toBeGreaterThan(50_000);
	}, 180_000);

	it("shows the planted leak's annotation in the code of a pull request", async () => {
		const file = join(folder, "pull-request.png");
		const { forge, repository } = story.stage;
		const pulls = await forge.pulls(repository);
		const annotated = [...forge.repository(repository).checkRuns.values()].find(
			(run) => run.annotations.some(({ title }) => title?.includes("LEAK02")),
		);
		const pull = pulls.find(({ headSha }) => headSha === annotated?.headSha);
		await screenshot(`${forge.base}/${repository}/pull/${pull?.number}`, file, {
			height: 1_100,
			center: ".remark",
			before: async (page) => {
				expect(await page.getByText("LEAK02").count()).toBeGreaterThan(0);
			},
		});
		expect((await stat(file)).size).toBeGreaterThan(50_000);
	}, 180_000);
});
