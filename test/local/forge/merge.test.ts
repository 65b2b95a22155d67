import { afterAll, beforeAll, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	commitOn,
	FULL_NAME,
	installation,
	openForge,
	person,
	REPOSITORY,
} from "./support.ts";

type Client = Awaited<ReturnType<typeof installation>>;

let forge: Forge;
let bot: Client;
let alice: Client;

beforeAll(async () => {
	forge = await openForge();
	bot = await installation(forge);
	alice = person(forge, "alice");
});

afterAll(async () => {
	expect(forge.violations).toEqual([]);
	await forge.close();
});

async function open(head: string, base = "main"): Promise<number> {
	const { data } = await bot.rest.pulls.create({
		...REPOSITORY,
		title: `About ${head}`,
		body: "the body",
		head,
		base,
	});
	return data.number;
}

async function tip(branch: string) {
	const { data } = await bot.rest.repos.getBranch({ ...REPOSITORY, branch });
	return data.commit;
}

async function fileOn(branch: string, path: string) {
	const { data } = await bot.rest.repos.getContent({
		...REPOSITORY,
		path,
		ref: branch,
		mediaType: { format: "raw" },
	});
	return data as unknown as string;
}

async function merge(
	pull_number: number,
	merge_method: "merge" | "squash" | "rebase",
) {
	return alice.rest.pulls.merge({ ...REPOSITORY, pull_number, merge_method });
}

test("merge makes a commit with two parents", async () => {
	const sha = await commitOn(bot, "by-merge", { "merge.txt": "m\n" });
	const before = (await tip("main")).sha;
	const number = await open("by-merge");
	await merge(number, "merge");
	const main = await tip("main");
	expect(main.parents.map((parent) => parent.sha)).toEqual([before, sha]);
	expect(main.commit.message).toBe(
		`Merge pull request #${number} from acme/by-merge\n\nAbout by-merge`,
	);
	expect(main.author?.login).toBe("alice");
	expect(main.commit.verification?.verified).toBe(true);
});

test("squash makes one commit of several", async () => {
	await commitOn(bot, "by-squash", { "one.txt": "1\n" });
	await commitOn(bot, "by-squash", { "two.txt": "2\n" }, "by-squash");
	const number = await open("by-squash");
	await merge(number, "squash");
	const main = await tip("main");
	expect(main.parents).toHaveLength(1);
	expect(main.commit.message).toBe(`About by-squash (#${number})\n\nthe body`);
	expect(main.files?.map(({ filename }) => filename)).toEqual([
		"one.txt",
		"two.txt",
	]);
});

test("rebase replays the commits upon a base that went on", async () => {
	await commitOn(bot, "by-rebase", { "r1.txt": "1\n" });
	await commitOn(bot, "by-rebase", { "r2.txt": "2\n" }, "by-rebase");
	const number = await open("by-rebase");
	const base = await commitOn(bot, "main", { "meanwhile.txt": "x\n" });
	await merge(number, "rebase");
	const { data } = await bot.rest.repos.listCommits({
		...REPOSITORY,
		per_page: 3,
	});
	expect(data[2]?.sha).toBe(base);
	expect(data.map(({ parents }) => parents.length)).toEqual([1, 1, 1]);
	expect(data[0]?.author?.login).toBe("modelwright[bot]");
	expect(await fileOn("main", "r1.txt")).toBe("1\n");
	expect(await fileOn("main", "meanwhile.txt")).toBe("x\n");
});

test("a stack: the child shows its own change, before and after its parent is merged", async () => {
	await commitOn(bot, "stack-1", { "parent.txt": "p\n" });
	await commitOn(bot, "stack-2", { "child.txt": "c\n" }, "stack-1");
	const parent = await open("stack-1");
	const child = await open("stack-2", "stack-1");
	const files = async () =>
		(
			await bot.rest.pulls.listFiles({ ...REPOSITORY, pull_number: child })
		).data.map(({ filename }) => filename);
	expect(await files()).toEqual(["child.txt"]);
	await merge(parent, "merge");
	const moved = await bot.rest.pulls.update({
		...REPOSITORY,
		pull_number: child,
		base: "main",
	});
	expect(moved.data.base.ref).toBe("main");
	expect(await files()).toEqual(["child.txt"]);
	await merge(child, "merge");
	expect(await fileOn("main", "child.txt")).toBe("c\n");
});

test("what reaches the base by another way counts as merged", async () => {
	const sha = await commitOn(bot, "pushed-over", { "over.txt": "o\n" });
	const number = await open("pushed-over");
	await bot.rest.git.updateRef({ ...REPOSITORY, ref: "heads/main", sha });
	const pull = (await forge.pulls(FULL_NAME)).find(
		(one) => one.number === number,
	);
	expect(pull).toMatchObject({ state: "closed", merged: true });
	expect(pull?.files.map(({ path }) => path)).toEqual(["over.txt"]);
});

test("two commits are compared from where they parted", async () => {
	await commitOn(bot, "left", { "left.txt": "l\n" });
	await commitOn(bot, "right", { "right.txt": "r\n" });
	await commitOn(bot, "right", { "right.txt": "rr\n" }, "right");
	const { data } = await bot.rest.repos.compareCommitsWithBasehead({
		...REPOSITORY,
		basehead: "left...right",
	});
	expect(data).toMatchObject({
		status: "diverged",
		ahead_by: 2,
		behind_by: 1,
		files: [{ filename: "right.txt", status: "added" }],
	});
});

test("a renamed file is told as one, with its old name", async () => {
	const text = "import csv\n\n\ndef fit(rows):\n    return len(rows)\n";
	await commitOn(bot, "renaming", {
		"src/model.py": null,
		'src/größe "q".py': text,
	});
	const number = await open("renaming");
	const { data } = await bot.rest.pulls.listFiles({
		...REPOSITORY,
		pull_number: number,
	});
	expect(data).toMatchObject([
		{
			filename: 'src/größe "q".py',
			previous_filename: "src/model.py",
			status: "renamed",
			changes: 0,
		},
	]);
});
