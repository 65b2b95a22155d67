import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readObject, ZERO_SHA } from "./objects.ts";
import { git, tryGit } from "./run.ts";

/** Refs stay loose files: these repositories never pack them. */
export async function readRef(
	directory: string,
	ref: string,
): Promise<string | null> {
	if (!isRefName(ref)) return null;
	const text = await readFile(join(directory, ref), "utf8").catch(() => "");
	return /^[0-9a-f]{40}/.exec(text)?.[0] ?? null;
}

export function readBranch(
	directory: string,
	branch: string,
): Promise<string | null> {
	return readRef(directory, `refs/heads/${branch}`);
}

/** Fails when the ref no longer stands at `before`. */
export async function writeRef(
	directory: string,
	ref: string,
	after: string,
	before: string | null,
): Promise<boolean> {
	const args = ["update-ref", ref, after, before ?? ZERO_SHA];
	return (await tryGit(directory, args)).code === 0;
}

export async function deleteRef(
	directory: string,
	ref: string,
): Promise<boolean> {
	return (await tryGit(directory, ["update-ref", "-d", ref])).code === 0;
}

/** The part of `git check-ref-format` that decides whether a name is safe to use. */
export function isRefName(ref: string): boolean {
	return (
		/^refs\/[^/]+\/./.test(ref) &&
		!/\.\.|\/\/|@\{|[\s~^:?*[\\\p{Cc}]|\/$|\.$/u.test(ref) &&
		ref.split("/").every((p) => !p.startsWith(".") && !p.endsWith(".lock"))
	);
}

export async function listRefs(
	directory: string,
): Promise<Map<string, string>> {
	const text = await git(
		directory,
		"for-each-ref",
		"--format=%(refname) %(objectname)",
	);
	const rows = text.split("\n").filter(Boolean);
	return new Map(rows.map((row) => row.split(" ") as [string, string]));
}

/** A commit's sha for what people call it: branch, tag, "heads/x", full or short sha. */
export async function resolveCommit(
	directory: string,
	name: string,
): Promise<string | null> {
	for (const ref of [`refs/heads/${name}`, `refs/${name}`]) {
		const sha = await readRef(directory, ref);
		if (sha) return sha;
	}
	if ((await readObject(directory, name))?.type === "commit") return name;
	const args = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
	const result = await tryGit(directory, [...args, `${name}^{commit}`]);
	return result.code === 0 ? result.stdout.toString().trim() : null;
}

export async function isAncestor(
	directory: string,
	ancestor: string,
	descendant: string,
): Promise<boolean> {
	if (ancestor === descendant) return true;
	const args = ["merge-base", "--is-ancestor", ancestor, descendant];
	return (await tryGit(directory, args)).code === 0;
}

/** Null when the two have no history in common. */
export async function mergeBase(
	directory: string,
	a: string,
	b: string,
): Promise<string | null> {
	const result = await tryGit(directory, ["merge-base", a, b]);
	return result.code === 0 ? result.stdout.toString().trim() : null;
}

/** What `to` holds and `from` does not, newest first; with `from` null everything. */
export async function listCommits(
	directory: string,
	from: string | null,
	to: string,
	path = "",
): Promise<string[]> {
	const range = from ? [to, `^${from}`] : [to];
	// Even the path of everything would leave out commits that change nothing.
	const within = path ? [path] : [];
	const text = await git(directory, "rev-list", ...range, "--", ...within);
	return text.split("\n").filter(Boolean);
}
