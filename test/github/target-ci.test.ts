import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endOf } from "../../src/github/job-log.ts";
import type { Permissions } from "../../src/local/forge/app-state.ts";
import type { Forge } from "../../src/local/forge/forge.ts";
import { openStage, REPOSITORY, type Stage } from "./stage.ts";

const AT = "2026-01-02T03:04:05.1234567Z";
const LOG = `${AT} ##[group]Run make
${AT} make
${AT} ##[endgroup]
${AT} \u001b[31mtrain.py:3: broken\u001b[0m
${AT} ##[error]Process completed with exit code 2.
`;

/** What CI says: tests failed after they passed, lint passed. */
async function reportAll({ acts }: Forge, head: string) {
	const report = (
		name: string,
		conclusion: string,
		more: { message?: string; log?: string } = {},
	) =>
		acts.reportCi(REPOSITORY, "alice", {
			...{ name, conclusion, head_sha: head },
			...(more.log ? { log: more.log } : {}),
			output: {
				...{ title: `About ${name}`, summary: "In short.", text: "The end." },
				annotations: more.message
					? [
							{
								...{ path: "train.py", start_line: 3, end_line: 3 },
								...{ annotation_level: "failure", message: more.message },
							},
						]
					: [],
			},
		});
	await report("tests", "success");
	await report("tests", "failure", { message: `long: ${"x".repeat(9_000)}` });
	await report("lint", "success");
	await report("deploy", "cancelled");
	await report("build", "failure", { log: LOG });
}

const say = (
	{ acts }: Forge,
	head: string,
	context: string,
	state: "success" | "pending" | "error",
) =>
	acts.setStatus(REPOSITORY, "alice", head, {
		...{ context, state, description: "Your build broke" },
		target_url: "https://ci.example/builds/7",
	});

let stage: Stage;
let head: string;
beforeAll(async () => {
	stage = await openStage();
	head = await stage.head();
	await reportAll(stage.forge, head);
	await stage.publisher.check({
		...{ name: "ours", headSha: head, externalId: "1", status: "completed" },
		...{ conclusion: "failure", title: "Ours", summary: "", annotations: [] },
	});
	await say(stage.forge, head, "ci/circleci: build", "success");
	await say(stage.forge, head, "ci/circleci: build", "error");
	await say(stage.forge, head, "tide", "pending");
});
afterAll(() => stage.forge.close());

describe("the repository's own CI", () => {
	const failures = async () =>
		stage.reader.ciFailures(head, await stage.reader.ci(head));

	test("is what other apps and statuses say, the newest of each name", async () => {
		expect(await stage.reader.ci(head)).toMatchObject([
			{ name: "tests", app: "github-actions", state: "failed" },
			{ name: "lint", app: "github-actions", state: "passed" },
			{ name: "deploy", app: "github-actions", state: "stopped" },
			{ name: "build", app: "github-actions", state: "failed" },
			{ name: "ci/circleci: build", app: "ci/circleci", state: "failed" },
			{ name: "tide", app: "tide", state: "running" },
		]);
	});

	test("is read of a branch's head, too, and of any number of statuses", async () => {
		const sha = await stage.forge.acts.push(REPOSITORY, "alice", { a: "1" });
		for (let i = 0; i < 101; i++)
			await say(stage.forge, sha, `ci/${i}`, i < 100 ? "success" : "error");
		const all = await stage.reader.ci("heads/main");
		expect(all).toHaveLength(101);
		expect(all.at(-1)).toMatchObject({ name: "ci/100", state: "failed" });
	});

	test("tells of its failures what they report, each at its share of a bounded length", async () => {
		const told = await failures();
		expect(told).toMatch(/^Check "tests": failure\ntrain\.py:3: long: x+\n/);
		expect(told).toContain("About tests\nIn short.\nThe end.");
		expect(told).not.toContain("lint");
		expect(told).not.toContain("Ours");
		expect(told).toContain(
			'Status "ci/circleci: build": error\nYour build broke\nhttps://ci.example/builds/7',
		);
		expect(told.length).toBeLessThanOrEqual(6_000);
	});

	test("tells of those alone that are asked for, and nothing where there is no commit", async () => {
		const [tests] = await stage.reader.ci(head);
		const told = await stage.reader.ciFailures(head, tests ? [tests] : []);
		expect(told).toContain('Check "tests"');
		expect(told).not.toContain('Check "build"');
		expect(await stage.reader.ci("heads/gone")).toEqual([]);
		expect(await stage.reader.ci("0".repeat(40))).toEqual([]);
	});

	test("tells the lines of a job's log that say why", async () => {
		expect(await failures()).toContain(
			[
				"Of its log:",
				"Run make",
				"train.py:3: broken",
				"##[error]Process completed with exit code 2.",
			].join("\n"),
		);
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

describe("an installation whose owner granted neither statuses nor logs", () => {
	let older: Stage;
	let at: string;
	beforeAll(async () => {
		const granted = { metadata: "read", contents: "read", checks: "write" };
		older = await openStage(granted as Permissions);
		at = await older.head();
		await reportAll(older.forge, at);
		await say(older.forge, at, "ci/circleci: build", "error");
	});
	afterAll(() => older.forge.close());

	test("is served by check runs alone, and each want is told once", async () => {
		for (let i = 0; i < 2; i++) {
			const all = await older.reader.ci(at);
			const names = all.map(({ name }) => name);
			expect(names).toEqual(["tests", "lint", "deploy", "build"]);
			const told = await older.reader.ciFailures(at, all);
			expect(told).toContain('Check "build": failure\nAbout build');
			expect(told).not.toContain("Of its log");
		}
		expect(older.warnings).toHaveLength(2);
		expect(older.warnings.join()).toContain("(statuses:read)");
		expect(older.warnings.join()).toContain("(actions:read)");
		expect(older.forge.violations).toEqual([]);
	});
});

describe("a long log", () => {
	async function* pieces(...texts: string[]) {
		for (const text of texts) yield Buffer.from(text);
	}
	test("is kept at its end, and not read for ever", async () => {
		expect(await endOf(pieces("abc", "def", "ghi"), 4, 100)).toBe("fghi");
		expect(await endOf(pieces("abc", "def", "ghi"), 4, 6)).toBe("cdef");
		expect(await endOf(pieces("ab"), 4, 6)).toBe("ab");
	});
});
