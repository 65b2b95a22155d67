import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeGitHub } from "../../src/github/app-client.ts";
import { makeReader } from "../../src/github/reading.ts";
import { openStage, options, REPOSITORY, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage.forge.close());

const readerOf = (name: string) => {
	const { id, owner } = stage.forge.repository(`acme/${name}`);
	const github = makeGitHub(options(stage.forge.api));
	return makeReader(
		github.installation(stage.forge.installationId, {
			id,
			owner: owner.login,
			name,
		}),
	);
};

describe("a role", () => {
	test.each(["admin", "maintain", "write", "triage", "read"] as const)(
		"of %s is told as it is",
		async (role) => {
			stage.forge.setPermission(REPOSITORY, "bob", role);
			expect(await stage.reader.roleOf("bob")).toBe(role);
		},
	);

	test("is none for a stranger who does not exist, and when GitHub fails", async () => {
		expect(await stage.reader.roleOf("nobody-here")).toBe("none");
		const down = { kind: "fail", status: 500 } as const;
		const operation = "repos/get-collaborator-permission-level";
		stage.forge.faults.call(operation, down, 10);
		expect(await stage.reader.roleOf("alice")).toBe("none");
		while (stage.forge.faults.takeCall(operation));
	});
});

describe("what is read", () => {
	test("tells an issue with its author and labels", async () => {
		const issue = await stage.openIssue();
		await stage.forge.acts.label(REPOSITORY, issue, "alice", "ml-task");
		expect(await stage.reader.issue(issue)).toMatchObject({
			number: issue,
			title: "Predict churn",
			author: "alice",
			open: true,
			labels: ["ml-task"],
			isPullRequest: false,
		});
	});

	test("tells our comments from others', and that one is gone", async () => {
		const issue = await stage.openIssue();
		const act = stage.forge.acts.comment(REPOSITORY, issue, "bob", "Hello.");
		const [theirs, ours] = [
			await act,
			await stage.publisher.comment(issue, "x", "Hello."),
		];
		expect(await stage.reader.comment(theirs.id)).toMatchObject({
			author: "bob",
			ours: false,
		});
		expect(await stage.reader.comment(ours.id)).toMatchObject({
			author: "modelwright[bot]",
			ours: true,
		});
		expect(await stage.reader.comment(999_999)).toBeUndefined();
	});

	test("tells the repository, its branches and who we are", async () => {
		expect(await stage.reader.repository()).toMatchObject({
			owner: "acme",
			name: "churn",
			private: false,
			defaultBranch: "main",
			ownedBy: "organisation",
			htmlUrl: `${stage.forge.base}/acme/churn`,
		});
		expect(await stage.reader.branchHead("main")).toMatch(/^[0-9a-f]{40}$/);
		expect(await stage.reader.branchHead("no/such")).toBeUndefined();
		expect(await stage.reader.identity()).toMatchObject({
			id: 4200,
			slug: "modelwright",
			login: "modelwright[bot]",
		});
	});
});

describe("the configuration", () => {
	test("is read from the repository and from its organisation", async () => {
		const { forge } = stage;
		const file = (budget: number) => ({
			".github/modelwright.yml": `budget: ${budget}\n`,
		});
		expect(await stage.reader.configTexts()).toEqual({});
		await forge.addRepository("acme", ".github", file(5), { private: true });
		expect(await stage.reader.configTexts()).toEqual({ shared: "budget: 5\n" });
		await forge.addRepository("acme", "own", file(9));
		expect(await readerOf("own").configTexts()).toEqual({
			own: "budget: 9\n",
			shared: "budget: 5\n",
		});
	});
});

describe("access to clone", () => {
	const git = promisify(execFile);

	test("is enough to clone and not enough to write", async () => {
		const { url, token } = await stage.reader.cloneAccess();
		const folder = await mkdtemp(join(tmpdir(), "clone-"));
		const address = url.replace("://", `://x-access-token:${token}@`);
		await git("git", ["clone", "--quiet", address, folder]);
		await rm(folder, { recursive: true });
		const holder = new Octokit({ auth: token, baseUrl: stage.forge.api });
		const write = holder.rest.issues.create({
			owner: "acme",
			repo: "churn",
			title: "x",
		});
		await expect(write).rejects.toMatchObject({ status: 403 });
	});

	test("reaches no other repository of the installation", async () => {
		await stage.forge.addRepository(
			"acme",
			"secret",
			{ "a.txt": "a" },
			{ private: true },
		);
		const { rest } = stage.client.octokit;
		const other = rest.repos.get({ owner: "acme", repo: "secret" });
		await expect(other).rejects.toMatchObject({ status: 404 });
	});
});

test("a token that GitHub forgot is asked for anew", async () => {
	await stage.reader.repository();
	stage.forge.state.tokens.clear();
	expect((await stage.reader.repository()).name).toBe("churn");
});

test("nothing of all this is outside GitHub's contract", () => {
	expect(stage.forge.violations).toEqual([]);
});
