// Real repositories, written entry by entry: git itself would refuse some.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Entry {
	readonly path: string;
	readonly content?: string | Uint8Array;
	/** 100644, 100755, 120000 (content is its target) or 160000. */
	readonly mode?: string;
}

export interface Repository {
	/** The folder that holds it, as a server wants it. */
	readonly root: string;
	readonly git: (
		args: readonly string[],
		input?: string | Uint8Array,
	) => string;
	/** Commits exactly these entries on `main`, on top of what was there. */
	readonly commit: (entries: readonly Entry[]) => string;
}

const WHO = {
	GIT_AUTHOR_NAME: "alice",
	GIT_AUTHOR_EMAIL: "alice@example.com",
	GIT_COMMITTER_NAME: "alice",
	GIT_COMMITTER_EMAIL: "alice@example.com",
	GIT_CONFIG_GLOBAL: "/dev/null",
	GIT_CONFIG_NOSYSTEM: "1",
};

export function makeRepository(name = "churn.git"): Repository {
	const root = mkdtempSync(join(tmpdir(), "repository-"));
	const git: Repository["git"] = (args, input = "") =>
		execFileSync("git", [`--git-dir=${join(root, name)}`, ...args], {
			env: { PATH: process.env.PATH, ...WHO },
			input,
			stdio: ["pipe", "pipe", "pipe"],
		})
			.toString()
			.trim();
	git(["init", "-q", "--bare", "-b", "main"]);
	let tip: string | undefined;
	const commit: Repository["commit"] = (entries) => {
		const tree = writeTree(git, entries);
		const parent = tip ? ["-p", tip] : [];
		tip = git(["commit-tree", tree, "-m", "a commit", ...parent]);
		git(["update-ref", "refs/heads/main", tip]);
		return tip;
	};
	return { root, git, commit };
}

/** By raw tree objects, since an index does not take names like `.git`. */
function writeTree(git: Repository["git"], entries: readonly Entry[]): string {
	const folders = Map.groupBy(entries, ({ path }) =>
		path.includes("/") ? (path.split("/")[0] ?? "") : "",
	);
	const rows: { name: string; row: Uint8Array }[] = [];
	for (const [folder, inside] of folders) {
		if (folder !== "") {
			const below = inside.map((entry) => ({
				...entry,
				path: entry.path.slice(folder.length + 1),
			}));
			rows.push(treeRow("40000", folder, writeTree(git, below)));
		} else for (const entry of inside) rows.push(fileRow(git, entry));
	}
	rows.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
	const bytes = Buffer.concat(rows.map(({ row }) => row));
	const hash = ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"];
	return git(hash, bytes);
}

function fileRow(git: Repository["git"], { path, content = "", mode }: Entry) {
	const sha =
		mode === "160000"
			? "1".repeat(40)
			: git(["hash-object", "-w", "--stdin"], content);
	return treeRow(mode ?? "100644", path, sha);
}

function treeRow(mode: string, name: string, sha: string) {
	const head = Buffer.from(`${mode} ${name}\0`);
	// git sorts a folder as if its name ended in a slash.
	const sortedAs = mode === "40000" ? `${name}/` : name;
	return {
		name: sortedAs,
		row: Buffer.concat([head, Buffer.from(sha, "hex")]),
	};
}
