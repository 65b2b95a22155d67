import { answer, type Call, type Routes } from "../call.ts";
import { type SignerInput, writeSignedCommit } from "../changes/sign-commit.ts";
import { readCommit } from "../git/commits.ts";
import { hasObject, readObject, writeObject } from "../git/objects.ts";
import { resolveCommit } from "../git/refs.ts";
import {
	editTree,
	FOLDER,
	findEntry,
	readTree,
	type TreeEntry,
	walkTree,
} from "../git/trees.ts";
import { invalid, notFound, Problem } from "../problem.ts";
import { gitCommitShape } from "../shapes/commit.ts";
import { repositoryApi } from "../shapes/repository.ts";

/** A path that stays inside the repository and out of git's own folder. */
export function requirePath(path: string): string {
	const bad = path
		.split("/")
		.some((part) => ["", ".", ".."].includes(part) || /^\.git$/i.test(part));
	if (bad)
		throw new Problem(422, "tree.path contains a malformed path component");
	return path;
}

function typeOf(mode: string): "tree" | "commit" | "blob" {
	if (mode === FOLDER) return "tree";
	return mode === "160000" ? "commit" : "blob";
}

async function treeAnswer(
	call: Call,
	status: number,
	sha: string,
	entries: TreeEntry[],
) {
	const { world, repository } = call;
	const api = `${repositoryApi(world, repository)}/git`;
	const shown = entries.map(async ({ name, mode, sha: id }) => {
		const type = typeOf(mode);
		const blob =
			type === "blob" ? await readObject(repository.directory, id) : null;
		return {
			path: name,
			mode: mode.padStart(6, "0"),
			type,
			sha: id,
			...(blob && { size: blob.content.length }),
			...(type !== "commit" && { url: `${api}/${type}s/${id}` }),
		};
	});
	return answer(status, {
		sha,
		url: `${api}/trees/${sha}`,
		tree: await Promise.all(shown),
		truncated: false,
	});
}

export const gitRoutes = {
	"git/get-commit": async ({ world, repository, params }) => {
		const sha = params.commit_sha ?? "";
		const commit = await readCommit(repository.directory, sha);
		if (!commit) throw notFound();
		return answer(200, gitCommitShape(world, repository, commit));
	},

	"git/create-commit": async (call) => {
		const { world, repository } = call;
		const {
			message,
			tree,
			parents = [],
			author,
			committer,
		} = call.body as CommitRequest;
		if (!(await hasObject(repository.directory, tree, "tree")))
			throw new Problem(422, "Tree SHA does not exist");
		for (const parent of parents)
			if (!(await hasObject(repository.directory, parent, "commit")))
				throw new Problem(
					422,
					"Parent SHA does not exist or is not a commit object",
				);
		const commit = await writeSignedCommit(call, {
			tree,
			parents,
			message,
			author,
			committer,
		});
		return answer(201, gitCommitShape(world, repository, commit));
	},

	"git/get-tree": async (call) => {
		const { directory } = call.repository;
		const name = call.params.tree_sha ?? "";
		const commit = await resolveCommit(directory, name);
		const root = commit && (await readCommit(directory, commit))?.tree;
		const sha = root || name;
		if (!(await hasObject(directory, sha, "tree"))) throw notFound();
		// GitHub takes any value, even "0", for yes.
		const read = call.query.has("recursive") ? walkTree : readTree;
		return treeAnswer(call, 200, sha, await read(directory, sha));
	},

	"git/create-tree": async (call) => {
		const { directory } = call.repository;
		const { base_tree: base, tree } = call.body as TreeRequest;
		const root = base === undefined ? null : await baseTree(call, base);
		const edits = [];
		for (const entry of tree) {
			const mode = entry.mode ?? "100644";
			const path = requirePath(entry.path ?? "");
			const sha = await entrySha(call, entry, typeOf(mode.replace(/^0/, "")));
			if (sha === null && !(root && (await findEntry(directory, root, path))))
				throw new Problem(422, "GitRPC::BadObjectState");
			edits.push({ path, mode, sha });
		}
		const sha = await editTree(directory, root, edits);
		return treeAnswer(call, 201, sha, await readTree(directory, sha));
	},

	"git/get-blob": async ({ world, repository, params, accept }) => {
		const sha = params.file_sha ?? "";
		const object = await readObject(repository.directory, sha);
		if (object?.type !== "blob") throw notFound();
		const { content } = object;
		if (/[.+]raw/.test(accept)) {
			const type = "application/vnd.github.raw+json; charset=utf-8";
			return { status: 200, raw: { type, content } };
		}
		return answer(200, {
			...blobShape({ world, repository }, sha),
			size: content.length,
			encoding: "base64",
			content: content.toString("base64").replaceAll(/.{1,60}/g, "$&\n"),
		});
	},

	"git/create-blob": async (call) => {
		const { content, encoding = "utf-8" } = call.body as {
			content: string;
			encoding?: string;
		};
		if (!/^(utf-8|base64)$/.test(encoding))
			throw invalid("Blob", "encoding", "invalid");
		const format = encoding === "base64" ? "base64" : "utf8";
		const bytes = Buffer.from(content, format);
		const { directory } = call.repository;
		const sha = await writeObject(directory, "blob", bytes);
		return answer(201, blobShape(call, sha));
	},
} satisfies Routes;

interface CommitRequest {
	message: string;
	tree: string;
	parents?: string[];
	author?: SignerInput;
	committer?: SignerInput;
}

interface TreeRequest {
	base_tree?: string;
	tree: TreeRequestEntry[];
}

interface TreeRequestEntry {
	path?: string;
	mode?: string;
	sha?: string | null;
	content?: string;
}

function blobShape(
	{ world, repository }: Pick<Call, "world" | "repository">,
	sha: string,
) {
	const url = `${repositoryApi(world, repository)}/git/blobs/${sha}`;
	return { sha, node_id: `B_${sha}`, url };
}

/** A commit's sha stands for its tree. */
async function baseTree(call: Call, sha: string): Promise<string> {
	const { directory } = call.repository;
	const object = await readObject(directory, sha);
	if (object?.type === "tree") return sha;
	const commit = await readCommit(directory, sha);
	if (!commit) throw new Problem(422, "Invalid base_tree");
	return commit.tree;
}

/** Null removes the path. */
async function entrySha(
	call: Call,
	entry: TreeRequestEntry,
	type: "blob" | "tree" | "commit",
): Promise<string | null> {
	const { directory } = call.repository;
	if (entry.content !== undefined)
		return writeObject(directory, "blob", Buffer.from(entry.content));
	if (entry.sha === null) return null;
	const sha = entry.sha ?? "";
	if (type !== "commit" && !(await hasObject(directory, sha, type)))
		throw new Problem(422, `tree.sha ${sha} is not a valid ${type}`);
	return sha;
}
