import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	commitOn,
	FULL_NAME,
	installation,
	openForge,
	person,
	REPOSITORY,
	refusal,
} from "./support.ts";

type Client = Awaited<ReturnType<typeof installation>>;

let forge: Forge;
let bot: Client;
let alice: Client;
let main: string;

beforeAll(async () => {
	forge = await openForge();
	bot = await installation(forge);
	alice = person(forge, "alice");
	const ref = await bot.rest.git.getRef({ ...REPOSITORY, ref: "heads/main" });
	main = ref.data.object.sha;
});

// Every refusal below is a rule of GitHub's, not a request it cannot read.
afterAll(async () => {
	expect(forge.violations).toEqual([]);
	await forge.close();
});

async function newIssue(): Promise<number> {
	const title = "an issue";
	return (await alice.rest.issues.create({ ...REPOSITORY, title })).data.number;
}

let branches = 0;

async function newPull(
	options: { draft?: boolean; files?: Record<string, string> } = {},
) {
	branches += 1;
	const head = `topic-${branches}`;
	const {
		files = {
			"src/model.py": `import csv\n\n\ndef fit(rows):\n    return ${branches}\n`,
		},
	} = options;
	const sha = await commitOn(bot, head, files);
	const { data } = await bot.rest.pulls.create({
		...REPOSITORY,
		title: head,
		head,
		base: "main",
		draft: options.draft ?? false,
	});
	return { ...data, sha, pull_number: data.number };
}

describe("comments", () => {
	test("hold 65,536 characters and not one more", async () => {
		const issue_number = await newIssue();
		const at = { ...REPOSITORY, issue_number };
		const body = "😀".repeat(65_536);
		const made = await bot.rest.issues.createComment({ ...at, body });
		const longer = bot.rest.issues.createComment({ ...at, body: `${body}x` });
		expect((await refusal(longer)).message).toContain(
			"Body is too long (maximum is 65536 characters)",
		);
		const edit = bot.rest.issues.updateComment({
			...REPOSITORY,
			comment_id: made.data.id,
			body: `${body}x`,
		});
		expect((await refusal(edit)).status).toBe(422);
	});

	test("are not blank", async () => {
		const at = { ...REPOSITORY, issue_number: await newIssue() };
		const blank = bot.rest.issues.createComment({ ...at, body: " \n" });
		expect((await refusal(blank)).status).toBe(422);
	});

	test("carry the same reaction of one account once", async () => {
		const at = { ...REPOSITORY, issue_number: await newIssue() };
		const made = await alice.rest.issues.createComment({ ...at, body: "hi" });
		const react = () =>
			bot.rest.reactions.createForIssueComment({
				...REPOSITORY,
				comment_id: made.data.id,
				content: "eyes",
			});
		expect((await react()).status).toBe(201);
		expect((await react()).status).toBe(200);
		const list = await bot.rest.reactions.listForIssueComment({
			...REPOSITORY,
			comment_id: made.data.id,
		});
		expect(list.data).toHaveLength(1);
	});
});

describe("issues", () => {
	test("need a title", async () => {
		const call = alice.rest.issues.create({ ...REPOSITORY, title: " " });
		expect((await refusal(call)).status).toBe(422);
	});

	test("remember what happened to them", async () => {
		const at = { ...REPOSITORY, issue_number: await newIssue() };
		await alice.rest.issues.addLabels({ ...at, labels: ["Bug"] });
		await alice.rest.issues.removeLabel({ ...at, name: "bug" });
		await alice.rest.issues.update({ ...at, title: "renamed" });
		await alice.rest.issues.update({
			...at,
			state: "closed",
			state_reason: "not_planned",
		});
		await alice.rest.issues.update({ ...at, state: "open" });
		const { data } = await alice.rest.issues.listEvents(at);
		expect(data.map(({ event }) => event)).toEqual([
			"labeled",
			"unlabeled",
			"renamed",
			"closed",
			"reopened",
		]);
	});

	test("are listed by state, label and author, pull requests among them", async () => {
		const issue_number = await newIssue();
		const labels = ["only-here"];
		await alice.rest.issues.addLabels({ ...REPOSITORY, issue_number, labels });
		const list = await bot.rest.issues.listForRepo({
			...REPOSITORY,
			labels: "only-here",
			creator: "alice",
		});
		expect(list.data.map(({ number }) => number)).toEqual([issue_number]);
		await newPull();
		const all = await bot.rest.issues.listForRepo({
			...REPOSITORY,
			state: "all",
		});
		expect(all.data[0]?.pull_request).toBeDefined();
	});

	test("a label of a repository exists once, in any case", async () => {
		const label = { ...REPOSITORY, name: "Gate", color: "c0ffee" };
		await bot.rest.issues.createLabel(label);
		const again = bot.rest.issues.createLabel({ ...label, name: "gate" });
		expect((await refusal(again)).status).toBe(422);
		const { data } = await bot.rest.issues.getLabel({
			...REPOSITORY,
			name: "GATE",
		});
		expect(data.color).toBe("c0ffee");
	});
});

describe("refs", () => {
	const create = (ref: string, sha = main) =>
		bot.rest.git.createRef({ ...REPOSITORY, ref, sha });

	test.each([
		"heads/short",
		"refs/single",
		"refs/heads/a..b",
		"refs/heads/a b",
	])("%s is no name for one", async (ref) => {
		expect((await refusal(create(ref))).status).toBe(422);
	});

	test("exist once and point to what exists", async () => {
		await create("refs/heads/once");
		expect((await refusal(create("refs/heads/once"))).message).toContain(
			"Reference already exists",
		);
		const call = create("refs/heads/nowhere", "1".repeat(40));
		expect((await refusal(call)).status).toBe(422);
	});

	test("move forward only, unless forced", async () => {
		const sha = await commitOn(bot, "forward", { "a.txt": "a\n" });
		const move = (to: string, force = false) =>
			bot.rest.git.updateRef({
				...REPOSITORY,
				ref: "heads/forward",
				sha: to,
				force,
			});
		expect((await refusal(move(main))).message).toContain(
			"Update is not a fast forward",
		);
		expect((await move(main, true)).data.object.sha).toBe(main);
		expect((await move(sha)).data.object.sha).toBe(sha);
	});
});

describe("trees", () => {
	const tree = (path: string, rest: object) =>
		bot.rest.git.createTree({
			...REPOSITORY,
			base_tree: main,
			tree: [{ path, mode: "100644", type: "blob", ...rest }],
		});

	test.each(["../up", "/root", "a//b", ".git/config", "a/.GIT/hooks"])(
		"refuse the path %s",
		async (path) => {
			const call = tree(path, { content: "x" });
			expect((await refusal(call)).status).toBe(422);
		},
	);

	test("refuse blobs that do not exist and removals of nothing", async () => {
		const ghost = tree("a", { sha: "2".repeat(40) });
		expect((await refusal(ghost)).status).toBe(422);
		const nothing = tree("not-there", { sha: null });
		expect((await refusal(nothing)).status).toBe(422);
	});

	test("drop a folder whose last file is removed", async () => {
		const { data } = await tree("src/data/load.py", { sha: null });
		const whole = await bot.rest.git.getTree({
			...REPOSITORY,
			tree_sha: data.sha,
			recursive: "1",
		});
		expect(whole.data.tree.map(({ path }) => path)).toEqual([
			"README.md",
			"src",
			"src/model.py",
		]);
	});
});

describe("contents", () => {
	test("are overwritten only by who names the version they saw", async () => {
		const at = { ...REPOSITORY, path: "notes/one.md", message: "m" };
		const put = (text: string, sha?: string) =>
			alice.rest.repos.createOrUpdateFileContents({
				...at,
				content: Buffer.from(text).toString("base64"),
				...(sha && { sha }),
			});
		const first = await put("one");
		expect(first.status).toBe(201);
		expect((await refusal(put("two"))).status).toBe(422);
		expect((await refusal(put("two", "3".repeat(40)))).status).toBe(409);
		expect((await put("two", first.data.content?.sha)).status).toBe(200);
		const { data } = await bot.rest.repos.getContent({
			...REPOSITORY,
			path: "notes/one.md",
			mediaType: { format: "raw" },
		});
		expect(data).toBe("two");
		const folder = await bot.rest.repos.getContent({
			...REPOSITORY,
			path: "notes",
		});
		expect(folder.data).toMatchObject([{ path: "notes/one.md", size: 3 }]);
	});
});

describe("pull requests", () => {
	test("need two branches with something between them", async () => {
		const open = (head: string, base = "main") =>
			bot.rest.pulls.create({ ...REPOSITORY, title: "t", head, base });
		expect((await refusal(open("no-such-branch"))).status).toBe(422);
		await bot.rest.git.createRef({
			...REPOSITORY,
			ref: "refs/heads/empty",
			sha: main,
		});
		expect((await refusal(open("empty"))).message).toContain(
			"No commits between main and empty",
		);
	});

	test("may hold a single commit that changes no file", async () => {
		const { git } = bot.rest;
		const tip = await git.getCommit({ ...REPOSITORY, commit_sha: main });
		const { data: empty } = await git.createCommit({
			...REPOSITORY,
			message: "Nothing yet",
			tree: tip.data.tree.sha,
			parents: [main],
		});
		const ref = "refs/heads/nothing-yet";
		await git.createRef({ ...REPOSITORY, ref, sha: empty.sha });
		const { data } = await bot.rest.pulls.create({
			...REPOSITORY,
			title: "Nothing yet",
			head: "nothing-yet",
			base: "main",
		});
		expect(data.commits).toBe(1);
	});

	test("join only branches with a history in common", async () => {
		const { git } = bot.rest;
		const tree = await git.getTree({ ...REPOSITORY, tree_sha: main });
		const commit = await git.createCommit({
			...REPOSITORY,
			message: "a new beginning",
			tree: tree.data.sha,
		});
		const { sha } = commit.data;
		await git.createRef({ ...REPOSITORY, ref: "refs/heads/orphan", sha });
		const call = bot.rest.pulls.create({
			...REPOSITORY,
			title: "t",
			head: "orphan",
			base: "main",
		});
		expect((await refusal(call)).message).toContain("no history in common");
	});

	test("exist once for the same branches", async () => {
		const { head } = await newPull();
		const again = bot.rest.pulls.create({
			...REPOSITORY,
			title: "t",
			head: `acme:${head.ref}`,
			base: "main",
		});
		expect((await refusal(again)).message).toContain(
			`A pull request already exists for acme:${head.ref}.`,
		);
		const found = await bot.rest.pulls.list({
			...REPOSITORY,
			head: `acme:${head.ref}`,
		});
		expect(found.data).toHaveLength(1);
	});

	test("are not merged as drafts, nor at another head than the one seen", async () => {
		const { pull_number } = await newPull({ draft: true });
		const draft = alice.rest.pulls.merge({ ...REPOSITORY, pull_number });
		expect(await refusal(draft)).toMatchObject({ status: 405 });
		const other = await newPull();
		const stale = alice.rest.pulls.merge({
			...REPOSITORY,
			pull_number: other.pull_number,
			sha: main,
		});
		expect((await refusal(stale)).status).toBe(409);
	});

	test("that conflict say so and are not merged", async () => {
		const one = await newPull({ files: { "conflict.txt": "one\n" } });
		const two = await newPull({ files: { "conflict.txt": "two\n" } });
		const merge = ({ pull_number }: { pull_number: number }) =>
			alice.rest.pulls.merge({ ...REPOSITORY, pull_number });
		await merge(one);
		const { data } = await bot.rest.pulls.get({
			...REPOSITORY,
			pull_number: two.pull_number,
		});
		expect(data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
		expect((await refusal(merge(two))).status).toBe(405);
		expect((await refusal(merge(one))).status).toBe(405);
	});
});

describe("reviews", () => {
	const review = (
		octokit: Client,
		pull_number: number,
		rest: Parameters<Client["rest"]["pulls"]["createReview"]>[0] extends infer P
			? Partial<P>
			: never,
	) => octokit.rest.pulls.createReview({ ...REPOSITORY, pull_number, ...rest });

	test("need words to ask for changes or to comment", async () => {
		const { pull_number } = await newPull();
		for (const event of ["REQUEST_CHANGES", "COMMENT"] as const)
			expect(
				(await refusal(review(alice, pull_number, { event }))).status,
			).toBe(422);
		const approved = await review(alice, pull_number, { event: "APPROVE" });
		expect(approved.data.state).toBe("APPROVED");
	});

	test("cannot approve one's own pull request", async () => {
		const { pull_number } = await newPull();
		const own = review(bot, pull_number, { event: "APPROVE" });
		expect((await refusal(own)).status).toBe(422);
	});

	test("are refused whole when one line lies outside the diff", async () => {
		const { pull_number } = await newPull();
		const comments = [
			{ path: "src/model.py", line: 5, body: "inside" },
			{ path: "src/model.py", line: 50, body: "outside" },
		];
		const call = review(alice, pull_number, { event: "COMMENT", comments });
		expect((await refusal(call)).message).toContain(
			"Line could not be resolved",
		);
		const elsewhere = review(alice, pull_number, {
			event: "COMMENT",
			comments: [{ path: "README.md", line: 1, body: "not changed" }],
		});
		expect((await refusal(elsewhere)).message).toContain(
			"Path could not be resolved",
		);
		const list = await bot.rest.pulls.listReviewComments({
			...REPOSITORY,
			pull_number,
		});
		expect(list.data).toEqual([]);
	});

	test("keep a thread: line comment, answer, answer to the answer", async () => {
		const { pull_number, sha } = await newPull();
		const first = await alice.rest.pulls.createReviewComment({
			...REPOSITORY,
			pull_number,
			commit_id: sha,
			path: "src/model.py",
			line: 5,
			body: "use a Pipeline here",
		});
		expect(first.data.diff_hunk).toContain("+    return");
		const answer = (comment_id: number) =>
			bot.rest.pulls.createReplyForReviewComment({
				...REPOSITORY,
				pull_number,
				comment_id,
				body: "done",
			});
		const second = await answer(first.data.id);
		const third = await answer(second.data.id);
		expect(third.data.in_reply_to_id).toBe(first.data.id);
		const outside = alice.rest.pulls.createReviewComment({
			...REPOSITORY,
			pull_number,
			commit_id: sha,
			path: "src/model.py",
			line: 99,
			body: "x",
		});
		expect((await refusal(outside)).status).toBe(422);
	});

	test("are asked for until they come, of collaborators only", async () => {
		const { pull_number } = await newPull();
		const ask = (login: string) =>
			bot.rest.pulls.requestReviewers({
				...REPOSITORY,
				...{ pull_number, reviewers: [login] },
			});
		const asked = async () =>
			(
				await bot.rest.pulls.get({ ...REPOSITORY, pull_number })
			).data.requested_reviewers?.map(({ login }) => login);
		await ask("alice");
		await ask("alice");
		expect(await asked()).toEqual(["alice"]);
		expect((await refusal(ask("nobody"))).status).toBe(422);
		await review(alice, pull_number, { event: "APPROVE" });
		expect(await asked()).toEqual([]);
	});
});

describe("check runs", () => {
	const check = (
		octokit: Client,
		rest: Record<string, unknown>,
		head_sha = main,
	) =>
		octokit.rest.checks.create({
			...REPOSITORY,
			name: "c",
			head_sha,
			...rest,
		} as never);

	test("are made by Apps only, on commits that exist", async () => {
		expect((await refusal(check(alice, {}))).status).toBe(403);
		const ghost = check(bot, {}, "4".repeat(40));
		expect((await refusal(ghost)).message).toContain("No commit found for SHA");
	});

	test("when listed for a ref show the newest of each name", async () => {
		await check(bot, { conclusion: "failure" });
		await check(bot, { conclusion: "success" });
		const list = async (filter: "latest" | "all") =>
			(
				await bot.rest.checks.listForRef({
					...REPOSITORY,
					ref: main,
					check_name: "c",
					filter,
				})
			).data.check_runs.map(({ conclusion }) => conclusion);
		const all = await list("all");
		expect(all).toEqual(["failure", "success"]);
		expect(await list("latest")).toEqual(["success"]);
	});

	test("keep their annotations when an update says nothing of them", async () => {
		const annotations = [
			{
				path: "a",
				start_line: 1,
				end_line: 1,
				annotation_level: "notice",
				message: "m",
			},
		];
		const output = { title: "t", summary: "s" };
		const { data } = await check(bot, { output: { ...output, annotations } });
		const updated = await bot.rest.checks.update({
			...REPOSITORY,
			check_run_id: data.id,
			output: { ...output, summary: "other" },
		});
		expect(updated.data.output).toMatchObject({
			summary: "other",
			annotations_count: 1,
		});
	});

	test("refuse an annotation that ends before it starts", async () => {
		const call = check(bot, {
			output: {
				title: "t",
				summary: "s",
				annotations: [
					{
						path: "a",
						start_line: 9,
						end_line: 3,
						annotation_level: "notice",
						message: "m",
					},
				],
			},
		});
		expect((await refusal(call)).status).toBe(422);
	});
});

test("a text closes the issues it names, in its own repository", async () => {
	const [one, two, three] = [
		await newIssue(),
		await newIssue(),
		await newIssue(),
	];
	await alice.rest.repos.createOrUpdateFileContents({
		...REPOSITORY,
		path: "closing.txt",
		message: `Fixes #${one}, resolves ${FULL_NAME}#${two}, closes other/place#${three}`,
		content: "",
	});
	const states = [one, two, three].map(
		(number) => forge.repository(FULL_NAME).issues.get(number)?.state,
	);
	expect(states).toEqual(["closed", "closed", "open"]);
});
