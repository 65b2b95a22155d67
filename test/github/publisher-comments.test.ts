import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderMarker } from "../../src/views/marker.ts";
import {
	crashed,
	crashingMemory,
	openStage,
	REPOSITORY,
	SECRET,
	type Stage,
} from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage.forge.close());

const bodies = (issue: number) =>
	[...stage.forge.repository(REPOSITORY).comments.values()]
		.filter((comment) => comment.number === issue)
		.map(({ body }) => body);

const status = (text: string) =>
	`${renderMarker("status", { run: "1/2/1" })}\n${text}`;

describe("a status comment", () => {
	test("is one comment, edited when its text changes and left alone when not", async () => {
		const issue = await stage.openIssue();
		const first = await stage.publisher.status(issue, status("at work"));
		const again = await stage.publisher.status(issue, status("waiting"));
		expect(again).toEqual(first);
		expect(bodies(issue)).toEqual([status("waiting")]);
		stage.callsOf("");
		await stage.publisher.status(issue, status("waiting"));
		expect(stage.callsOf("issues/update-comment")).toBe(0);
	});

	test("of another run is another comment", async () => {
		const issue = await stage.openIssue();
		const marker = renderMarker("status", { run: "1/2/2" });
		await stage.publisher.status(issue, status("done"));
		await stage.publisher.status(issue, `${marker}\nnew`);
		expect(bodies(issue)).toHaveLength(2);
	});

	test("comes back when somebody deleted it", async () => {
		const issue = await stage.openIssue();
		const { id } = await stage.publisher.status(issue, status("at work"));
		stage.forge.repository(REPOSITORY).comments.delete(id);
		await stage.publisher.status(issue, status("waiting"));
		expect(bodies(issue)).toEqual([status("waiting")]);
	});
});

describe("a comment", () => {
	test("is looked for only after a try to post it", async () => {
		const issue = await stage.openIssue();
		const publisher = stage.publisherWith(crashingMemory());
		stage.callsOf("");
		await crashed(publisher.comment(issue, "looked", "Once."));
		expect(stage.callsOf("issues/list-comments")).toBe(0);
		await publisher.comment(issue, "looked", "Once.");
		expect(stage.callsOf("issues/list-comments")).toBe(1);
	});

	test("is found again when the process died before noting it", async () => {
		const issue = await stage.openIssue();
		const publisher = stage.publisherWith(crashingMemory());
		expect(await crashed(publisher.comment(issue, "phase-1", "Done."))).toMatch(
			/killed/,
		);
		const found = await publisher.comment(issue, "phase-1", "Done.");
		expect(bodies(issue)).toHaveLength(1);
		expect(found.url).toContain(`#issuecomment-${found.id}`);
	});

	test("found again after a crash is brought up to date", async () => {
		const issue = await stage.openIssue();
		const publisher = stage.publisherWith(crashingMemory());
		await crashed(publisher.status(issue, status("phase 1")));
		await publisher.status(issue, status("phase 2"));
		expect(bodies(issue)).toEqual([status("phase 2")]);
	});

	test("is found among more comments than one page shows", async () => {
		const issue = await stage.openIssue();
		for (let n = 0; n < 105; n += 1)
			await stage.forge.acts.comment(REPOSITORY, issue, "bob", `talk ${n}`);
		const publisher = stage.publisherWith(crashingMemory());
		await crashed(publisher.comment(issue, "a", "Once."));
		await publisher.comment(issue, "a", "Once.");
		expect(bodies(issue)).toHaveLength(106);
	});

	test("is not posted twice when GitHub took it but lost its answer", async () => {
		const issue = await stage.openIssue();
		const lost = { kind: "fail-afterwards" } as const;
		stage.forge.faults.call("issues/create-comment", lost);
		await stage.publisher.comment(issue, "b", "Once.");
		expect(bodies(issue)).toHaveLength(1);
	});

	test("is posted after all when GitHub failed twice", async () => {
		const issue = await stage.openIssue();
		const down = { kind: "fail", status: 502 } as const;
		stage.forge.faults.call("issues/create-comment", down, 2);
		await stage.publisher.comment(issue, "c", "Once.");
		expect(bodies(issue)).toHaveLength(1);
	});

	test("waits out the secondary rate limit", async () => {
		const issue = await stage.openIssue();
		const limit = { kind: "limit", retryAfterSeconds: 2 } as const;
		stage.forge.faults.call("issues/create-comment", limit, 2);
		await stage.publisher.comment(issue, "d", "Once.");
		expect(bodies(issue)).toHaveLength(1);
		expect(stage.warnings.join()).toMatch(/trying again in 2 s/);
	});

	test("asked for twice at once is posted once", async () => {
		const issue = await stage.openIssue();
		await Promise.all([
			stage.publisher.comment(issue, "e", "Once."),
			stage.publisher.comment(issue, "e", "Once."),
		]);
		expect(bodies(issue)).toHaveLength(1);
	});

	test("with our marker but by somebody else is neither edited nor taken for ours", async () => {
		const issue = await stage.openIssue();
		const forged = status("forged");
		await stage.forge.acts.comment(REPOSITORY, issue, "mallory", forged);
		await stage.publisher.status(issue, status("at work"));
		expect(bodies(issue)).toEqual([forged, status("at work")]);
	});

	test("is clamped and freed of secrets when created and when edited", async () => {
		const issue = await stage.openIssue();
		const huge = `${"long line\n\n".repeat(20_000)}`;
		for (const text of [`${SECRET}\n\n${huge}`, `new ${SECRET}\n\n${huge}`]) {
			await stage.publisher.comment(issue, "f", text);
			const [body = ""] = bodies(issue);
			expect(body.length).toBeLessThanOrEqual(60_000);
			expect(body).toMatch(/cut here/);
			expect(body).not.toContain(SECRET);
		}
		expect(bodies(issue)).toHaveLength(1);
	});

	test("mentions nobody", async () => {
		const issue = await stage.openIssue();
		await stage.publisher.comment(issue, "g", "for @alice and `@bob`");
		expect(bodies(issue)[0]).toContain("for @&#8203;alice and `@bob`");
	});
});

describe("a reaction", () => {
	test("given twice shows once, and a deleted comment is no fault", async () => {
		const issue = await stage.openIssue();
		const { id } = await stage.forge.acts.comment(
			REPOSITORY,
			issue,
			"alice",
			"/approve",
		);
		await stage.publisher.react(id, "eyes");
		await stage.publisher.react(id, "eyes");
		const comment = stage.forge.repository(REPOSITORY).comments.get(id);
		expect(comment?.reactions.map(({ content }) => content)).toEqual(["eyes"]);
		await stage.publisher.react(999_999, "rocket");
		await stage.publisher.reactToIssue(issue, "eyes");
	});
});

describe("the issue", () => {
	test("is closed once", async () => {
		const issue = await stage.openIssue();
		await stage.publisher.closeIssue(issue);
		stage.callsOf("");
		await stage.publisher.closeIssue(issue);
		expect(stage.callsOf("issues/update")).toBe(0);
		expect((await stage.reader.issue(issue)).open).toBe(false);
	});
});

test("nothing of all this is outside GitHub's contract or our permissions", () => {
	expect(stage.forge.violations).toEqual([]);
	expect(stage.undeclaredCalls()).toEqual([]);
});
