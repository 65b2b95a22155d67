// What ends a task from outside, and what GitHub then says about it.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	client,
	FULL_NAME,
	installation,
	jwt,
	listen,
	openForge,
	person,
	REPOSITORY,
	refusal,
} from "./support.ts";

let ear: Awaited<ReturnType<typeof listen>>;
let forge: Forge;
let issue_number: number;

beforeEach(async () => {
	ear = await listen();
	forge = await openForge(ear.url);
	const opened = await forge.acts.openIssue(FULL_NAME, "alice", { title: "t" });
	issue_number = opened.number;
	await forge.idle();
	ear.received.length = 0;
});

afterEach(async () => {
	await forge.idle();
	expect(forge.violations).toEqual([]);
	await forge.close();
	await ear.close();
});

test("a locked issue takes comments of those who may write, and of the App", async () => {
	await forge.acts.lock(FULL_NAME, issue_number, "wendy");
	const comment = { ...REPOSITORY, issue_number, body: "hello" };
	const denied = await refusal(
		person(forge, "bob").rest.issues.createComment(comment),
	);
	expect(denied).toMatchObject({
		status: 403,
		message: expect.stringContaining("locked"),
	});
	await person(forge, "wendy").rest.issues.createComment(comment);
	await (await installation(forge)).rest.issues.createComment(comment);
	await forge.acts.unlock(FULL_NAME, issue_number, "wendy");
	await person(forge, "bob").rest.issues.createComment(comment);
	await forge.idle();
	expect(ear.names().filter((name) => name.startsWith("issues."))).toEqual([
		"issues.locked",
		"issues.unlocked",
	]);
	expect(ear.received[0]?.payload.issue).toMatchObject({ locked: true });
});

test("only who may write locks an issue, only an administrator deletes one", async () => {
	const { acts } = forge;
	const refused = [
		await refusal(acts.lock(FULL_NAME, issue_number, "bob")),
		await refusal(acts.deleteIssue(FULL_NAME, issue_number, "wendy")),
	];
	expect(refused.map(({ status }) => status)).toEqual([403, 403]);
});

test("a deleted issue is gone, with its comments", async () => {
	const octokit = await installation(forge);
	const { id } = await forge.acts.comment(
		FULL_NAME,
		issue_number,
		"bob",
		"soon gone",
	);
	await forge.acts.deleteIssue(FULL_NAME, issue_number, "alice");
	const about = { ...REPOSITORY, issue_number };
	const answers = await Promise.all(
		[
			octokit.rest.issues.get(about),
			octokit.rest.issues.createComment({ ...about, body: "late" }),
			octokit.rest.issues.getComment({ ...REPOSITORY, comment_id: id }),
		].map(refusal),
	);
	expect(answers.map(({ status }) => status)).toEqual([410, 410, 404]);
	await forge.idle();
	expect(ear.names()).toEqual(["issue_comment.created", "issues.deleted"]);
});

test("a transferred issue is found where it went, by those who see that place", async () => {
	await forge.addRepository("acme", "other", { "README.md": "other\n" });
	forge.setPermission("acme/other", "alice", "write");
	const number = await forge.acts.transferIssue(
		FULL_NAME,
		issue_number,
		"alice",
		"acme/other",
	);
	const about = { ...REPOSITORY, issue_number };
	const { data } = await person(forge, "alice").rest.issues.get(about);
	expect(data.html_url).toContain(`/acme/other/issues/${number}`);
	const late = await refusal(
		person(forge, "alice").rest.issues.createComment({ ...about, body: "?" }),
	);
	expect(late.status).toBe(404);
	await forge.idle();
	expect(ear.names()).toEqual(["issues.transferred", "issues.opened"]);
	expect(ear.received[0]?.payload).toMatchObject({
		changes: { new_repository: { full_name: "acme/other" } },
	});
});

test("an App that is taken off can do nothing, and no longer gets a token", async () => {
	const octokit = await installation(forge);
	const about = { ...REPOSITORY, issue_number };
	forge.uninstall("acme");
	expect((await refusal(octokit.rest.issues.get(about))).status).toBe(401);
	expect((await refusal(installation(forge))).status).toBe(404);
	await forge.acts.comment(FULL_NAME, issue_number, "bob", "anybody there?");
	await forge.idle();
	expect(ear.names()).toEqual(["installation.deleted"]);
});

test("a suspended App gets no token until that ends", async () => {
	forge.suspend("acme");
	expect((await refusal(installation(forge))).status).toBe(403);
	await forge.idle();
	expect(ear.names()).toEqual(["installation.suspend"]);
});

test("a repository taken out of the App's reach is told of no more, until it is given back", async () => {
	forge.removeRepository(FULL_NAME);
	await forge.acts.comment(FULL_NAME, issue_number, "bob", "unheard");
	const { id } = forge.repository(FULL_NAME);
	expect(
		(await refusal(installation(forge, { repository_ids: [id] }))).status,
	).toBe(422);
	forge.restoreRepository(FULL_NAME);
	await forge.acts.comment(FULL_NAME, issue_number, "bob", "heard");
	await forge.idle();
	expect(ear.names()).toEqual([
		"installation_repositories.removed",
		"installation_repositories.added",
		"issue_comment.created",
	]);
	expect(ear.received[0]?.payload).toMatchObject({
		repositories_removed: [{ full_name: FULL_NAME }],
	});
});

test("a deleted repository is told of, then answers nothing", async () => {
	forge.deleteRepository(FULL_NAME);
	const asked = refusal(
		client(forge, jwt()).rest.apps.getRepoInstallation(REPOSITORY),
	);
	expect((await asked).status).toBe(404);
	await forge.idle();
	expect(ear.names()).toEqual(["repository.deleted"]);
});

test("a push moves the branch by one commit that writes and removes files", async () => {
	const before = await person(forge, "wendy").rest.repos.getContent({
		...REPOSITORY,
		path: "src/model.py",
	});
	expect(before.status).toBe(200);
	const sha = await forge.acts.push(FULL_NAME, "wendy", {
		"src/model.py": null,
		"docs/new.md": "new\n",
	});
	const { data } = await person(forge, "wendy").rest.repos.getCommit({
		...REPOSITORY,
		ref: "main",
	});
	expect(data.sha).toBe(sha);
	expect(data.files?.map(({ filename, status }) => [filename, status])).toEqual(
		[
			["docs/new.md", "added"],
			["src/model.py", "removed"],
		],
	);
	await forge.idle();
	expect(ear.names()).toEqual(["push"]);
});
