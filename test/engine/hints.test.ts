import { describe, expect, it } from "vitest";
import { readHint, subjectOf, topicOf } from "../../src/engine/hints.ts";
import { commented, labeled } from "../support/payloads.ts";

const issue = (action: string, more: object = {}) =>
	readHint("issues", { ...labeled(), ...more, action });

const account = { login: "octo", html_url: "http://forge.test/octo" };
const shop = { id: 7, name: "shop", full_name: "octo/shop", private: true };
const installation = { id: 9, account };

describe("an event of an issue", () => {
	it.each([
		["edited", { changes: { body: { from: "old" } } }, "edited"],
		["unlabeled", {}, "unlabeled"],
		["locked", {}, "locked"],
		["unlocked", {}, "unlocked"],
		["deleted", {}, "gone"],
		["closed", {}, "closed"],
	])("%s is told", (action, more, kind) => {
		const hint = issue(action, more);
		expect(hint).toMatchObject({ kind, issue: { number: 42 } });
		expect(hint && topicOf(hint)).toBe("7/42");
	});

	it("says where the issue was moved", () => {
		const changes = {
			new_issue: { number: 5 },
			new_repository: { full_name: "octo/other" },
		};
		expect(issue("transferred", { changes })).toMatchObject({
			...{ kind: "gone", why: "The issue was transferred to octo/other#5." },
		});
	});

	it.each([
		["an edit of neither title nor body", "edited", { changes: {} }],
		["an assignment", "assigned", {}],
		[
			"anything about a pull request",
			"locked",
			{ issue: { number: 1, title: "", pull_request: {} } },
		],
	])("means nothing when it is %s", (_, action, more) => {
		expect(issue(action, more)).toBeUndefined();
	});

	it("with a comment in plain words is a reply, of which each counts once", () => {
		const hint = readHint("issue_comment", commented("Yes, weekly."));
		expect(hint).toMatchObject({ kind: "replied", body: "Yes, weekly." });
		expect(hint && subjectOf(hint)).toBe("7/comment/1");
		const bot = commented("Yes.", { sender: "x[bot]" });
		expect(readHint("issue_comment", bot)).toBeUndefined();
	});
});

describe("an event of the App's installation", () => {
	it("with repositories offers what each needs", () => {
		const created = { action: "created", installation, repositories: [shop] };
		expect(readHint("installation", created)).toEqual({
			...{ kind: "installed", installationId: 9 },
			repositories: [
				{
					...{ id: 7, owner: "octo", name: "shop", private: true },
					htmlUrl: "http://forge.test/octo/shop",
					installationId: 9,
				},
			],
		});
	});

	it.each([
		["installation", "deleted", undefined],
		["installation", "suspend", undefined],
		["installation_repositories", "removed", [7]],
	])("%s %s takes places away", (event, action, repositoryIds) => {
		const hint = readHint(event, {
			...{ action, installation, repositories_removed: [shop] },
		});
		expect(hint).toMatchObject({ kind: "places-gone", installationId: 9 });
		expect(hint?.kind === "places-gone" && hint.repositoryIds).toEqual(
			repositoryIds,
		);
		expect(hint && topicOf(hint)).toBe("installation/9");
	});

	it("and one repository's deletion takes that one", () => {
		const { repository } = labeled();
		const deleted = { action: "deleted", installation: { id: 9 }, repository };
		expect(readHint("repository", deleted)).toMatchObject({
			...{ kind: "places-gone", repositoryIds: [7] },
		});
		const renamed = { ...deleted, action: "renamed" };
		expect(readHint("repository", renamed)).toBeUndefined();
	});

	it.each([{}, null, { action: "deleted" }, { installation: { id: "9" } }])(
		"without its shape means nothing: %j",
		(payload) => {
			expect(readHint("installation", payload)).toBeUndefined();
			expect(readHint("installation_repositories", payload)).toBeUndefined();
			expect(readHint("repository", payload)).toBeUndefined();
		},
	);
});

describe("an event of a pull request", () => {
	const moved = (ref: string, action: string, sender: object) =>
		readHint("pull_request", {
			...labeled(),
			...{ action, sender },
			pull_request: { number: 5, head: { ref }, merged: true },
		});
	const bot = { login: "github[bot]", type: "Bot" };
	const closed = (ref: string, action = "closed") => moved(ref, action, bot);

	it("on a branch of a task may be the merge its run waits for", () => {
		const hint = closed("modelwright/42/7-model");
		expect(hint).toMatchObject({ kind: "pull-moved", issue: { number: 42 } });
		expect(hint && topicOf(hint)).toBe("7/42");
		expect(closed("modelwright/42/7-model", "reopened")).toEqual(hint);
	});

	it("may be a push of people, which findings follow; our own is none", () => {
		const pushed = (sender: object) =>
			moved("modelwright/42/7-model", "synchronize", sender);
		const alice = { login: "alice", type: "User" };
		expect(pushed(alice)).toMatchObject({
			...{ kind: "pull-pushed", pull: 5, issue: { number: 42 } },
		});
		expect(pushed(bot)).toBeUndefined();
	});

	it.each([
		["is on a branch of somebody else", "feature/42", "closed"],
		["does not move it", "modelwright/42/7-model", "labeled"],
	])("means nothing when it %s", (_, ref, action) => {
		expect(closed(ref, action)).toBeUndefined();
	});
});

describe("an event of a check run", () => {
	const pressed = (more: object = {}, check: object = {}) =>
		readHint("check_run", {
			...labeled(),
			sender: { login: "alice", type: "User" },
			action: "requested_action",
			requested_action: { identifier: "dismiss:12" },
			check_run: {
				id: 1,
				name: "modelwright / ml practices",
				external_id: "7/42/1/0123456789ab",
				pull_requests: [{ number: 12 }],
				...check,
			},
			...more,
		});

	it("is the press of a button under a review of ours", () => {
		const hint = pressed();
		expect(hint).toMatchObject({
			...{ kind: "pressed", button: "dismiss", focus: "ml practices" },
			...{ pull: 12, sender: "alice", issue: { number: 42 } },
		});
		expect(hint && topicOf(hint)).toBe("7/42");
		expect(pressed({ action: "rerequested" })).toMatchObject({
			...{ button: "rerun", pull: 12 },
		});
	});

	it.each([
		["is not of a review", {}, { name: "modelwright / evaluation" }],
		[
			"is of another repository's run",
			{},
			{ external_id: "8/42/1/0123456789ab" },
		],
		["has an id that we never gave", {}, { external_id: "7/42" }],
		[
			"names no button of ours",
			{ requested_action: { identifier: "merge:1" } },
			{},
		],
		["comes from a program", { sender: { login: "x[bot]", type: "Bot" } }, {}],
		["only tells that a check is done", { action: "completed" }, {}],
		[
			"belongs to no pull request",
			{ action: "rerequested" },
			{ pull_requests: [] },
		],
	])("means nothing when it %s", (_, more, check) => {
		expect(pressed(more, check)).toBeUndefined();
	});
});

describe("what people say on a pull request", () => {
	const reviewed = (more: object = {}) => {
		const { issue: _, ...common } = commented("");
		return readHint("pull_request_review", {
			...common,
			action: "submitted",
			review: { id: 5, state: "changes_requested" },
			pull_request: { number: 12, head: { ref: "modelwright/42/7-model" } },
			...more,
		});
	};
	const onPull = (body: string, sender = "carol") => {
		const { issue, ...rest } = commented(body, { sender });
		const pull = { ...issue, number: 12, pull_request: {} };
		return readHint("issue_comment", { ...rest, issue: pull });
	};

	it("by a review is one hint of its task, whatever comments it has", () => {
		const hint = reviewed();
		expect(hint).toMatchObject({
			...{ kind: "reviewed", pull: 12, review: "review-5" },
			issue: { number: 42 },
		});
		expect(hint && topicOf(hint)).toBe("7/42");
	});

	it.each([
		["an approval", { review: { id: 5, state: "approved" } }],
		["of a bot", { sender: { login: "x[bot]", type: "Bot" } }],
		["dismissed", { action: "dismissed" }],
		[
			"of somebody else's branch",
			{ pull_request: { number: 12, head: { ref: "topic" } } },
		],
	])("means nothing when it is %s", (_, more) => {
		expect(reviewed(more)).toBeUndefined();
	});

	it("by /revise is one too, and other words there are none", () => {
		expect(onPull("/revise use less memory")).toMatchObject({
			...{ kind: "reviewed", pull: 12, review: "comment-1", sender: "carol" },
		});
		expect(onPull("Nice.")).toBeUndefined();
		expect(onPull("/revise it", "x[bot]")).toBeUndefined();
		for (const said of ["/dismiss F2 as agreed", "/fix F1"])
			expect(onPull(said)).toMatchObject({
				...{ kind: "commented-on-pull", body: said },
			});
		expect(onPull("/fix F1", "x[bot]")).toBeUndefined();
	});
});

describe("what CI says", () => {
	const branch = "modelwright/42/7-model";
	const told = (event: string, details: object) => {
		const { issue: _, action: _1, ...common } = commented("");
		return readHint(event, { ...common, ...details });
	};
	const ended = (check: object = {}, action = "completed") => {
		const pull_requests = [{ number: 12, head: { ref: branch } }];
		const check_run = { head_sha: "a1", external_id: "", pull_requests };
		return told("check_run", { action, check_run: { ...check_run, ...check } });
	};
	const at = (name: string, sha: string) => ({ name, commit: { sha } });
	const status = (state: string, ...branches: object[]) =>
		told("status", { state, sha: "a1", branches });

	it("by a check on a branch of ours is a hint of its task, whatever came out", () => {
		const hint = ended();
		expect(hint).toMatchObject({
			...{ kind: "ci-ended", branch, head: "a1", issue: { number: 42 } },
		});
		expect(hint && topicOf(hint)).toBe("7/42");
	});

	it("by a status is the same hint, of the branch whose head it is", () => {
		const above = at("modelwright/42/8-training", "b2");
		const mine = at(branch, "a1");
		for (const state of ["failure", "error", "success"])
			expect(status(state, at("main", "c3"), above, mine)).toEqual(ended());
		expect(status("failure", above)).toBeUndefined();
		expect(status("pending", mine)).toBeUndefined();
		expect(status("failure", at("topic", "a1"))).toBeUndefined();
	});

	it("means nothing on others' branches, when it is ours, or only begun", () => {
		const pull_requests = [{ number: 3, head: { ref: "topic" } }];
		expect(ended({ pull_requests })).toBeUndefined();
		expect(ended({ external_id: `7/42/1/${"a".repeat(12)}` })).toBeUndefined();
		expect(ended({}, "created")).toBeUndefined();
	});
});
