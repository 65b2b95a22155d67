// A three-way merge of the trees of three commits, wherever their histories lead:
// a squash leaves no common point that git would find by itself.
import { fetchCommit } from "./fetch.ts";
import { type GitOptions, type GitResult, git } from "./git.ts";
import { cacheOf, inPlace } from "./place.ts";
import type { CheckoutRequest } from "./tree.ts";

export interface MergeRequest extends Omit<CheckoutRequest, "sha" | "branch"> {
	/** What both sides were made from. */
	readonly base: MergeSide;
	readonly ours: MergeSide;
	readonly theirs: MergeSide;
}

/** A commit, and the branch to look on where the server does not give it by name. */
export interface MergeSide {
	readonly sha: string;
	readonly branch?: string;
}

/** One path of the merged tree that is not as in theirs. */
export interface MergedEntry {
	readonly path: string;
	readonly mode: string;
	/** Git's name for the content; null: the path is gone. */
	readonly id: string | null;
	/** Given where neither side has this content. */
	readonly content?: Uint8Array;
}

export type Merged =
	| {
			readonly ok: true;
			/** Git's names for what the merge holds, and for what theirs holds. */
			readonly tree: string;
			readonly theirTree: string;
			readonly entries: readonly MergedEntry[];
	  }
	| {
			readonly ok: false;
			readonly kind: "conflict";
			readonly paths: readonly string[];
	  }
	| { readonly ok: false; readonly kind: "failed"; readonly message: string };

/** Must not throw. */
export const mergeCommits = (request: MergeRequest): Promise<Merged> =>
	inPlace(request, async () => {
		const { base, ours, theirs, ...place } = request;
		const cache = cacheOf(place);
		for (const side of [base, ours, theirs]) {
			const fetched = await fetchCommit(cache, { ...place, ...side });
			if (!fetched.ok) return failed(side.sha, fetched);
		}
		return mergeTrees(cache, base.sha, ours.sha, theirs.sha);
	}).catch((error: unknown) => ({
		ok: false,
		kind: "failed",
		message: String(error),
	}));

const failed = (what: string, { message }: { message: string }) =>
	({
		ok: false,
		kind: "failed",
		message: `${what.slice(0, 12)}: ${message}`,
	}) as const;

async function mergeTrees(
	cache: string,
	base: string,
	ours: string,
	theirs: string,
): Promise<Merged> {
	const run: Run = (args, options) =>
		git([`--git-dir=${cache}`, ...args], options);
	// Commits made for this alone: their only history is the base they share.
	const root = await standIn(run, base);
	if (!root.ok) return failed(base, root);
	const [left, right] = [
		await standIn(run, ours, root.stdout),
		await standIn(run, theirs, root.stdout),
	];
	if (!left.ok) return failed(ours, left);
	if (!right.ok) return failed(theirs, right);
	const options = ["--write-tree", "--name-only", "--no-messages", "-z"];
	// It tells of a conflict by its exit code, with the tree all the same.
	const merge = await run([
		...["merge-tree", ...options],
		...[left.stdout, right.stdout],
	]);
	if (!merge.ok) {
		if (merge.code !== 1)
			return failed("git merge-tree (2.38 or newer)", merge);
		const [, ...paths] = (merge.stdout ?? "").split("\0").filter(Boolean);
		return { ok: false, kind: "conflict", paths: [...new Set(paths)] };
	}
	const tree = merge.stdout.split("\0")[0] ?? "";
	const theirTree = await run(["rev-parse", `${theirs}^{tree}`]);
	if (!theirTree.ok) return failed(theirs, theirTree);
	const entries = await changesOf(run, ours, theirs, tree);
	if (!entries.ok) return failed(tree, entries);
	const { list } = entries;
	return { ok: true, tree, theirTree: theirTree.stdout.trim(), entries: list };
}

type Run = (
	args: readonly string[],
	options?: Pick<GitOptions, "input" | "encoding">,
) => Promise<GitResult>;

/** A commit with the tree of another; named by its content, so made again it is the same. */
async function standIn(
	run: Run,
	sha: string,
	parent?: string,
): Promise<GitResult> {
	const tree = await run(["rev-parse", "--verify", `${sha}^{tree}`]);
	if (!tree.ok) return tree;
	const who = "Modelwright <modelwright@localhost> 0 +0000";
	const lines = [
		`tree ${tree.stdout.trim()}`,
		...(parent ? [`parent ${parent}`] : []),
		...[`author ${who}`, `committer ${who}`, "", "A side of a merge", ""],
	];
	const made = await run(["hash-object", "-t", "commit", "-w", "--stdin"], {
		input: lines.join("\n"),
	});
	return made.ok ? { ok: true, stdout: made.stdout.trim() } : made;
}

type Changes =
	| { readonly ok: true; readonly list: readonly MergedEntry[] }
	| { readonly ok: false; readonly message: string };

async function changesOf(
	run: Run,
	ours: string,
	theirs: string,
	tree: string,
): Promise<Changes> {
	const raw = await run([
		..."diff-tree -r -z --no-renames --raw --full-index".split(" "),
		...[`${theirs}^{tree}`, tree],
	]);
	if (!raw.ok) return raw;
	const mixed = await run([
		..."diff-tree -r -z --no-renames --name-only".split(" "),
		...[`${ours}^{tree}`, tree],
	]);
	if (!mixed.ok) return mixed;
	// What is neither as ours nor as theirs was merged line by line.
	const isNew = new Set(mixed.stdout.split("\0"));
	const list: MergedEntry[] = [];
	const fields = raw.stdout.split("\0");
	for (let at = 0; at + 1 < fields.length; at += 2) {
		const [, mode = "", , id = "", status] = (fields[at] ?? "").split(" ");
		const path = fields[at + 1] ?? "";
		if (status === "D") {
			const [before = ""] = (fields[at] ?? "").slice(1).split(" ");
			list.push({ path, mode: before, id: null });
		} else if (!isNew.has(path)) list.push({ path, mode, id });
		else {
			const blob = await run(["cat-file", "blob", id], { encoding: "latin1" });
			if (!blob.ok) return blob;
			const content = Buffer.from(blob.stdout, "latin1");
			list.push({ path, mode, id, content });
		}
	}
	return { ok: true, list };
}
