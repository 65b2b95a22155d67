import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	client,
	commitOn,
	FULL_NAME,
	installation,
	jwt,
	listen,
	openForge,
	person,
	REPOSITORY,
} from "./support.ts";

let ear: Awaited<ReturnType<typeof listen>>;
let forge: Forge;

beforeEach(async () => {
	ear = await listen();
	forge = await openForge(ear.url);
});

afterEach(async () => {
	expect(forge.violations).toEqual([]);
	await forge.close();
	await ear.close();
});

const title = "an issue";

test("opening with labels tells of the opening, then of each label", async () => {
	await forge.acts.openIssue(FULL_NAME, "alice", { title, labels: ["a", "b"] });
	await forge.idle();
	expect(ear.names()).toEqual([
		"issues.opened",
		"issues.labeled",
		"issues.labeled",
	]);
	const names = ear.received.map(({ payload }) => payload.label);
	expect(names).toMatchObject([undefined, { name: "a" }, { name: "b" }]);
});

test("an edit tells what stood there before", async () => {
	const { acts } = forge;
	const { number } = await acts.openIssue(FULL_NAME, "alice", {
		title,
		body: "old",
	});
	const { id } = await acts.comment(FULL_NAME, number, "bob", "first");
	await acts.editIssue(FULL_NAME, number, "alice", { body: "new" });
	await acts.editComment(FULL_NAME, id, "bob", "second");
	await acts.unlabel(FULL_NAME, number, "alice", "none").catch(() => {});
	await forge.idle();
	expect(ear.names()).toEqual([
		"issues.opened",
		"issue_comment.created",
		"issues.edited",
		"issue_comment.edited",
	]);
	expect(ear.received[2]?.payload).toMatchObject({
		changes: { body: { from: "old" } },
		issue: { body: "new", comments: 1 },
	});
	expect(ear.received[3]?.payload).toMatchObject({
		changes: { body: { from: "first" } },
		comment: { body: "second" },
		sender: { login: "bob" },
	});
});

test("a pull request's life is told in pull_request events", async () => {
	const octokit = await installation(forge);
	await commitOn(octokit, "topic", { "a.txt": "a\n" });
	const { data } = await octokit.rest.pulls.create({
		...REPOSITORY,
		title: "t",
		head: "topic",
		base: "main",
		draft: true,
	});
	const { acts } = forge;
	const { number } = data;
	await commitOn(octokit, "topic", { "a.txt": "b\n" }, "topic");
	await acts.label(FULL_NAME, number, "alice", "seen");
	await acts.readyForReview(FULL_NAME, number, "alice");
	await acts.convertToDraft(FULL_NAME, number, "alice");
	await acts.editIssue(FULL_NAME, number, "alice", { title: "other" });
	await acts.editIssue(FULL_NAME, number, "alice", { state: "closed" });
	await acts.editIssue(FULL_NAME, number, "alice", { state: "open" });
	await forge.idle();
	expect(ear.names()).toEqual([
		"push",
		"pull_request.opened",
		"push",
		"pull_request.synchronize",
		"pull_request.labeled",
		"pull_request.ready_for_review",
		"pull_request.converted_to_draft",
		"pull_request.edited",
		"pull_request.closed",
		"pull_request.reopened",
	]);
	expect(ear.received[1]?.payload.sender).toMatchObject({
		login: "modelwright[bot]",
		type: "Bot",
	});
});

test("a review is told first, then its comments", async () => {
	const octokit = await installation(forge);
	await commitOn(octokit, "topic", { "a.txt": "a\nb\n" });
	const { data } = await octokit.rest.pulls.create({
		...REPOSITORY,
		title: "t",
		head: "topic",
		base: "main",
	});
	await forge.acts.reviewPull(FULL_NAME, data.number, "alice", {
		event: "REQUEST_CHANGES",
		body: "two things",
		comments: [
			{ path: "a.txt", line: 1, body: "one" },
			{ path: "a.txt", line: 2, body: "two" },
		],
	});
	await forge.idle();
	expect(ear.names().slice(2)).toEqual([
		"pull_request_review.submitted",
		"pull_request_review_comment.created",
		"pull_request_review_comment.created",
	]);
	expect(ear.received[2]?.payload).toMatchObject({
		review: { state: "changes_requested", body: "two things" },
	});
});

test("a check's button tells who pressed which", async () => {
	const octokit = await installation(forge);
	const head_sha = await commitOn(octokit, "topic", { "a.txt": "a\n" });
	await octokit.rest.pulls.create({
		...REPOSITORY,
		title: "t",
		head: "topic",
		base: "main",
	});
	const { data } = await octokit.rest.checks.create({
		...REPOSITORY,
		name: "c",
		head_sha,
		conclusion: "neutral",
		external_id: "run 1",
		actions: [{ label: "Fix all", description: "d", identifier: "fix-all" }],
	});
	const press = (login: string, identifier: string) =>
		forge.acts.pressCheckButton(FULL_NAME, data.id, login, identifier);
	await expect(press("bob", "fix-all")).rejects.toThrow("write rights");
	await expect(press("alice", "other")).rejects.toThrow("no button");
	await press("wendy", "fix-all");
	await forge.acts.rerunCheck(FULL_NAME, data.id, "alice");
	await forge.idle();
	expect(ear.names().slice(2)).toEqual([
		"check_run.created",
		"check_run.completed",
		"check_run.requested_action",
		"check_run.rerequested",
	]);
	expect(ear.received[4]?.payload).toMatchObject({
		requested_action: { identifier: "fix-all" },
		check_run: { external_id: "run 1", pull_requests: [{ number: 1 }] },
		sender: { login: "wendy" },
	});
});

test("the App is told once that it was installed", async () => {
	forge.announceInstallation();
	await forge.idle();
	expect(ear.received[0]).toMatchObject({
		event: "installation",
		payload: {
			installation: { id: forge.installationId, app_slug: "modelwright" },
			repositories: [{ full_name: FULL_NAME }],
		},
	});
});

test("an app that is away misses a webhook until it is delivered again", async () => {
	forge.setWebhookUrl("http://127.0.0.1:9/");
	await forge.acts.openIssue(FULL_NAME, "alice", { title });
	await forge.idle();
	const app = client(forge, jwt()).rest.apps;
	const missed = (await app.listWebhookDeliveries()).data;
	expect(missed).toMatchObject([
		{ status_code: 0, event: "issues", action: "opened", redelivery: false },
	]);
	forge.setWebhookUrl(ear.url);
	await app.redeliverWebhookDelivery({ delivery_id: missed[0]?.id ?? 0 });
	await forge.idle();
	const [again] = (await app.listWebhookDeliveries()).data;
	expect(again).toMatchObject({
		guid: missed[0]?.guid,
		redelivery: true,
		status_code: 200,
	});
	expect(ear.received.map(({ id }) => id)).toEqual([missed[0]?.guid]);
	const whole = await app.getWebhookDelivery({ delivery_id: again?.id ?? 0 });
	expect(whole.data.request.payload).toMatchObject({ action: "opened" });
	forge.redeliver(missed[0]?.guid ?? "");
	await forge.idle();
	expect(ear.received).toHaveLength(2);
});

test("a long list of deliveries is read page by page with its cursor", async () => {
	for (let n = 0; n < 5; n += 1)
		await forge.acts.openIssue(FULL_NAME, "alice", { title });
	await forge.idle();
	const octokit = client(forge, jwt());
	const all = await octokit.paginate(octokit.rest.apps.listWebhookDeliveries, {
		per_page: 2,
	});
	const ids = all.map(({ id }) => id);
	expect(ids).toEqual(forge.deliveries.map(({ id }) => id).reverse());
});

test("a delivery can be lost, doubled or overtaken", async () => {
	forge.faults.deliver("issues", "drop");
	await forge.acts.openIssue(FULL_NAME, "alice", { title });
	await forge.idle();
	expect(ear.names()).toEqual([]);
	forge.faults.deliver("issues", "duplicate");
	await forge.acts.openIssue(FULL_NAME, "alice", { title });
	await forge.idle();
	const [one, two] = ear.received;
	expect(one?.id).toBe(two?.id);
	ear.received.length = 0;
	forge.faults.deliver("issues", "swap");
	await forge.acts.openIssue(FULL_NAME, "alice", { title, labels: ["x"] });
	await forge.idle();
	expect(ear.names()).toEqual(["issues.labeled", "issues.opened"]);
});

test("the call is answered before its webhook arrives, and does not wait for it", async () => {
	const order: string[] = [];
	const slow = createServer((_request, response) => {
		order.push("webhook");
		setTimeout(() => response.end(), 300);
	});
	await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
	const { port } = slow.address() as AddressInfo;
	forge.setWebhookUrl(`http://127.0.0.1:${port}/`);
	await person(forge, "alice").rest.issues.create({ ...REPOSITORY, title });
	order.push("answer");
	await forge.idle();
	expect(forge.deliveries[0]?.status).toBe(200);
	expect(forge.deliveries[0]?.milliseconds).toBeGreaterThan(290);
	expect(order).toContain("answer");
	slow.close();
});
