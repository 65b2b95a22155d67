import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	commitOn,
	FILES,
	FULL_NAME,
	installation,
	installationToken,
	listen,
	openForge,
	person,
	REPOSITORY,
} from "./support.ts";

const run = promisify(execFile);

let ear: Awaited<ReturnType<typeof listen>>;
let forge: Forge;
let folder: string;

beforeAll(async () => {
	ear = await listen();
	forge = await openForge(ear.url);
	await forge.addRepository("acme", "secret", FILES, { private: true });
	folder = await mkdtemp(join(tmpdir(), "forge-test-"));
});

afterAll(async () => {
	await forge.close();
	await ear.close();
	await rm(folder, { recursive: true, force: true });
});

async function git(cwd: string, ...args: string[]): Promise<string> {
	const { stdout } = await run("git", args, {
		cwd,
		env: {
			PATH: process.env.PATH,
			HOME: folder,
			GIT_CONFIG_NOSYSTEM: "1",
			GIT_TERMINAL_PROMPT: "0",
			GIT_AUTHOR_NAME: "Alice",
			GIT_AUTHOR_EMAIL: "alice@example.org",
			GIT_COMMITTER_NAME: "Alice",
			GIT_COMMITTER_EMAIL: "alice@example.org",
		},
	});
	return stdout.trim();
}

function remote(name: string, token?: string): string {
	const url = new URL(`${forge.base}/${name}.git`);
	if (token) {
		url.username = "x-access-token";
		url.password = token;
	}
	return url.href;
}

async function clone(name: string, into: string, token?: string) {
	const path = join(folder, into);
	await git(folder, "clone", "-q", remote(name, token), path);
	return path;
}

test("the real git clones what the API wrote, and finds it sound", async () => {
	const sha = await commitOn(await installation(forge), "by-api", {
		"deep/er/file.txt": "hello\n",
		"README.md": null,
	});
	const path = await clone(FULL_NAME, "plain");
	await git(path, "checkout", "-q", "by-api");
	expect(await git(path, "rev-parse", "HEAD")).toBe(sha);
	expect(await git(path, "ls-files")).toBe(
		"deep/er/file.txt\nsrc/data/load.py\nsrc/model.py",
	);
	expect(await git(path, "log", "-1", "--format=%an")).toBe("modelwright[bot]");
	await git(path, "fsck", "--strict");
});

test("one commit is fetched by its sha alone", async () => {
	const sha = await commitOn(await installation(forge), "for-ci", {
		"ci.txt": "x\n",
	});
	const path = join(folder, "shallow");
	await git(folder, "init", "-q", path);
	const from = remote(FULL_NAME);
	await git(path, "fetch", "-q", "--depth=1", from, sha);
	expect(await git(path, "show", "FETCH_HEAD:ci.txt")).toBe("x");
	expect(await git(path, "rev-list", "--count", "FETCH_HEAD")).toBe("1");
});

test("a private repository is shown only to those who may read it", async () => {
	await expect(clone("acme/secret", "no-token")).rejects.toThrow(
		/could not read/,
	);
	await expect(clone("acme/secret", "bob", "token-of-bob")).rejects.toThrow(
		/not found/,
	);
	const token = await installationToken(forge, {
		repositories: ["secret"],
		permissions: { contents: "read" },
	});
	await clone("acme/secret", "app", token);
	const other = await installationToken(forge, { repositories: ["churn"] });
	await expect(clone("acme/secret", "other", other)).rejects.toThrow();
});

test("who may not write cannot push", async () => {
	const path = await clone(FULL_NAME, "reader");
	await git(path, "commit", "-q", "--allow-empty", "-m", "nothing");
	const push = (token?: string) =>
		git(path, "push", remote(FULL_NAME, token), "HEAD:refs/heads/nope");
	await expect(push()).rejects.toThrow(/could not read/);
	await expect(push("token-of-bob")).rejects.toThrow(/403/);
	const reading = await installationToken(forge, {
		permissions: { contents: "read" },
	});
	await expect(push(reading)).rejects.toThrow(/403/);
});

test("a push tells the app, and moves the pull request on that branch", async () => {
	const path = await clone(FULL_NAME, "writer", "token-of-alice");
	await git(path, "checkout", "-q", "-b", "pushed");
	await writeFile(join(path, "new.txt"), "one\n");
	await git(path, "add", ".");
	await git(path, "commit", "-q", "-m", "one");
	await git(path, "push", "-q", "origin", "pushed");
	const first = await git(path, "rev-parse", "HEAD");
	const alice = person(forge, "alice").rest;
	const { data } = await alice.pulls.create({
		...REPOSITORY,
		title: "pushed",
		head: "pushed",
		base: "main",
	});
	await forge.idle();
	ear.received.length = 0;
	await writeFile(join(path, "new.txt"), "one\ntwo\n");
	await git(path, "commit", "-q", "-a", "-m", "two");
	await git(path, "push", "-q", "origin", "pushed");
	const second = await git(path, "rev-parse", "HEAD");
	await forge.idle();
	expect(ear.names()).toEqual(["push", "pull_request.synchronize"]);
	const [push, moved] = ear.received.map(({ payload }) => payload);
	expect(push).toMatchObject({
		ref: "refs/heads/pushed",
		before: first,
		after: second,
		forced: false,
		sender: { login: "alice" },
		commits: [{ id: second, message: "two", modified: ["new.txt"] }],
	});
	expect(moved).toMatchObject({
		number: data.number,
		before: first,
		after: second,
		pull_request: { head: { sha: second }, commits: 2 },
	});
	const files = await alice.pulls.listFiles({
		...REPOSITORY,
		pull_number: data.number,
	});
	expect(files.data[0]).toMatchObject({ filename: "new.txt", additions: 2 });
	expect(forge.violations).toEqual([]);
});

test("a pushed branch that is deleted closes its pull request", async () => {
	const path = join(folder, "writer");
	await git(path, "push", "-q", "origin", "--delete", "pushed");
	const pulls = await forge.pulls(FULL_NAME);
	expect(pulls.find(({ head }) => head === "pushed")).toMatchObject({
		state: "closed",
		merged: false,
	});
});

test("a pushed link is shown as a link, not as what it points to", async () => {
	const path = await clone(FULL_NAME, "links", "token-of-alice");
	await symlink("../../outside", join(path, "link"));
	await git(path, "add", ".");
	await git(path, "commit", "-q", "-m", "a link");
	await git(path, "push", "-q", "origin", "HEAD:refs/heads/links");
	const { rest } = person(forge, "alice");
	const at = { ...REPOSITORY, ref: "links" };
	const link = await rest.repos.getContent({ ...at, path: "link" });
	expect(link.data).toMatchObject({
		type: "symlink",
		target: "../../outside",
	});
	const whole = await rest.repos.getContent({ ...at, path: "" });
	expect(whole.data).toMatchObject([
		{ name: "README.md", type: "file" },
		{ name: "link", type: "symlink" },
		{ name: "src", type: "dir" },
	]);
	expect(forge.violations).toEqual([]);
});

test("a large push, which git keeps as a pack, is read like any other", async () => {
	const path = await clone(FULL_NAME, "large", "token-of-alice");
	for (let n = 0; n < 150; n += 1)
		await writeFile(join(path, `file-${n}.txt`), `${n}\n`);
	await git(path, "add", ".");
	await git(path, "commit", "-q", "-m", "many");
	await git(path, "push", "-q", "origin", "HEAD:refs/heads/many");
	const { data } = await person(forge, "alice").rest.repos.getContent({
		...REPOSITORY,
		path: "file-149.txt",
		ref: "many",
		mediaType: { format: "raw" },
	});
	expect(data).toBe("149\n");
});
