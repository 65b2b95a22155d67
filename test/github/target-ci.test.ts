import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, REPOSITORY, type Stage } from "./stage.ts";

let stage: Stage;
let head: string;
beforeAll(async () => {
	stage = await openStage();
	head = await stage.head();
	const report = (name: string, conclusion: string, message?: string) =>
		stage.forge.acts.reportCi(REPOSITORY, "alice", {
			...{ name, conclusion, head_sha: head },
			output: {
				...{ title: `About ${name}`, summary: "In short.", text: "The log." },
				annotations: message
					? [
							{
								...{ path: "train.py", start_line: 3, end_line: 3 },
								...{ annotation_level: "failure", message },
							},
						]
					: [],
			},
		});
	await report("tests", "success");
	await report("tests", "failure", `too long: ${"x".repeat(9_000)}`);
	await report("lint", "success");
	await stage.publisher.check({
		...{ name: "ours", headSha: head, externalId: "1", status: "completed" },
		...{ conclusion: "failure", title: "Ours", summary: "", annotations: [] },
	});
});
afterAll(() => stage.forge.close());

describe("the repository's own CI", () => {
	test("is what other apps say, the newest of each name", async () => {
		expect(await stage.reader.ci(head)).toMatchObject([
			{ name: "tests", app: "github-actions", state: "failed" },
			{ name: "lint", app: "github-actions", state: "passed" },
		]);
	});

	test("tells of its failures what they report, at bounded length", async () => {
		const told = await stage.reader.ciFailures(head);
		expect(told).toMatch(
			/^Check "tests": failure\ntrain\.py:3: too long: x+\n/,
		);
		expect(told).toContain("About tests\nIn short.\nThe log.");
		expect(told).not.toContain("lint");
		expect(told).not.toContain("Ours");
		expect(told.length).toBeLessThan(2_000);
	});

	test("cannot be rewritten by us, and nothing was called unsaid", async () => {
		const [check] = await stage.reader.ci(head);
		const update = stage.client.octokit.rest.checks.update({
			...stage.client.at,
			...{ check_run_id: check?.id ?? 0, conclusion: "success" },
		});
		await expect(update).rejects.toMatchObject({ status: 403 });
		expect(stage.undeclaredCalls()).toEqual([]);
		expect(stage.forge.violations).toEqual([]);
	});
});
