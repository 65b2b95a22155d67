import { afterAll, beforeAll, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	commitOn,
	FULL_NAME,
	installation,
	listen,
	openForge,
	person,
	REPOSITORY,
} from "./support.ts";

let ear: Awaited<ReturnType<typeof listen>>;
let forge: Forge;

beforeAll(async () => {
	ear = await listen();
	forge = await openForge(ear.url);
});

afterAll(async () => {
	await forge.close();
	await ear.close();
});

test("a task goes from its label to a merged pull request that closes it", async () => {
	const alice = person(forge, "alice").rest;
	const issue = await alice.issues.create({
		...REPOSITORY,
		title: "Predict churn",
		body: "please",
	});
	const issue_number = issue.data.number;
	await alice.issues.addLabels({
		...REPOSITORY,
		issue_number,
		labels: ["ml-task"],
	});
	await forge.idle();
	expect(ear.names()).toEqual(["issues.opened", "issues.labeled"]);
	const labeled = ear.received[1]?.payload;
	expect(labeled?.sender).toMatchObject({ login: "alice", type: "User" });
	expect(labeled?.installation.id).toBe(forge.installationId);
	expect(labeled?.label).toMatchObject({ name: "ml-task" });

	const octokit = await installation(forge);
	const bot = octokit.rest;
	const comment = await bot.issues.createComment({
		...REPOSITORY,
		issue_number,
		body: "### At work\n\n- [ ] 1",
	});
	expect(comment.data.user).toMatchObject({
		login: "modelwright[bot]",
		type: "Bot",
	});
	expect(comment.data.performed_via_github_app?.slug).toBe("modelwright");

	const sha = await commitOn(octokit, "modelwright/1/7-model", {
		"src/model.py": "import csv\n\n\ndef fit(rows):\n    return sum(rows)\n",
		"src/new.py": Array.from({ length: 80 }, (_, i) => `x${i} = ${i}\n`).join(
			"",
		),
		"src/data/load.py": null,
	});
	const commit = await bot.git.getCommit({ ...REPOSITORY, commit_sha: sha });
	expect(commit.data.author.name).toBe("modelwright[bot]");
	expect(commit.data.verification.verified).toBe(true);

	const pull = await bot.pulls.create({
		...REPOSITORY,
		title: "Model",
		head: "modelwright/1/7-model",
		base: "main",
		body: `Closes #${issue_number}`,
		draft: true,
	});
	expect(pull.data).toMatchObject({
		draft: true,
		changed_files: 3,
		additions: 81,
		deletions: 3,
		mergeable: true,
		mergeable_state: "draft",
	});
	const pull_number = pull.data.number;
	const files = await bot.pulls.listFiles({ ...REPOSITORY, pull_number });
	expect(files.data.map(({ filename, status }) => [filename, status])).toEqual([
		["src/data/load.py", "removed"],
		["src/model.py", "modified"],
		["src/new.py", "added"],
	]);
	expect(files.data[1]?.patch).toContain(
		"-    return len(rows)\n+    return sum(rows)",
	);
	const diff = await octokit.request(
		"GET /repos/{owner}/{repo}/pulls/{pull_number}",
		{ ...REPOSITORY, pull_number, mediaType: { format: "diff" } },
	);
	expect(diff.data).toContain("diff --git a/src/model.py b/src/model.py");

	const annotation = (line: number) => ({
		path: "src/new.py",
		start_line: line,
		end_line: line,
		annotation_level: "warning" as const,
		message: `look at line ${line}`,
	});
	const output = { title: "60 findings", summary: "s" };
	const check = await bot.checks.create({
		...REPOSITORY,
		name: "modelwright / code quality",
		head_sha: sha,
		output: {
			...output,
			annotations: Array.from({ length: 50 }, (_, i) => annotation(i + 1)),
		},
	});
	await bot.checks.update({
		...REPOSITORY,
		check_run_id: check.data.id,
		status: "completed",
		conclusion: "neutral",
		output: {
			...output,
			annotations: Array.from({ length: 10 }, (_, i) => annotation(i + 51)),
		},
	});
	const annotations = await octokit.paginate(bot.checks.listAnnotations, {
		...REPOSITORY,
		check_run_id: check.data.id,
		per_page: 50,
	});
	expect(annotations).toHaveLength(60);
	expect(annotations[59]).toMatchObject({ start_line: 60 });

	await octokit.graphql(
		"mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }",
		{ id: pull.data.node_id },
	);
	await forge.idle();
	ear.received.length = 0;
	const merged = await alice.pulls.merge({ ...REPOSITORY, pull_number });
	await forge.idle();
	expect(ear.names()).toEqual(["pull_request.closed", "push", "issues.closed"]);
	expect(ear.received[2]?.payload.sender.login).toBe("alice");

	const after = await alice.issues.get({ ...REPOSITORY, issue_number });
	expect(after.data).toMatchObject({
		state: "closed",
		state_reason: "completed",
	});
	const main = await alice.repos.getBranch({ ...REPOSITORY, branch: "main" });
	expect(main.data.commit.sha).toBe(merged.data.sha);
	const closed = await alice.pulls.get({ ...REPOSITORY, pull_number });
	expect(closed.data).toMatchObject({ merged: true, changed_files: 3 });
	expect(forge.repository(FULL_NAME).issues.size).toBe(2);
	expect(forge.violations).toEqual([]);
});
