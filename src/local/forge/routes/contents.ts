import { answer, type Call, type Routes } from "../call.ts";
import { branchMoved } from "../changes/branch-moved.ts";
import { type SignerInput, writeSignedCommit } from "../changes/sign-commit.ts";
import { type Commit, readCommit } from "../git/commits.ts";
import { readObject, writeObject } from "../git/objects.ts";
import { readBranch, resolveCommit, writeRef } from "../git/refs.ts";
import {
	editTree,
	FOLDER,
	findEntry,
	readTree,
	type TreeEntry,
} from "../git/trees.ts";
import { notFound, Problem } from "../problem.ts";
import { gitCommitShape } from "../shapes/commit.ts";
import { repositoryApi, repositoryPage } from "../shapes/repository.ts";
import { requirePath } from "./git.ts";

/** Larger files must be read as blobs. */
const MOST_BYTES = 1024 * 1024;

const LINK = "120000";

const TYPES: Record<string, string> = {
	[FOLDER]: "dir",
	[LINK]: "symlink",
	"160000": "submodule",
};

async function commitAt(call: Call, name: string | null): Promise<Commit> {
	const { directory, defaultBranch } = call.repository;
	const sha = await resolveCommit(directory, name || defaultBranch);
	const commit = sha && (await readCommit(directory, sha));
	if (!commit) throw notFound(`No commit found for the ref ${name}`);
	return commit;
}

function entryShape(
	{ world, repository }: Call,
	ref: string,
	path: string,
	entry: TreeEntry,
	size: number,
): object {
	const type = TYPES[entry.mode] ?? "file";
	const folder = type === "dir";
	const api = repositoryApi(world, repository);
	const page = repositoryPage(world, repository);
	const place = path.split("/").map(encodeURIComponent).join("/");
	const self = `${api}/contents/${place}?ref=${ref}`;
	const git = `${api}/git/${folder ? "trees" : "blobs"}/${entry.sha}`;
	const html = `${page}/${folder ? "tree" : "blob"}/${ref}/${place}`;
	return {
		type,
		size,
		name: path.split("/").at(-1) ?? "",
		path,
		sha: entry.sha,
		url: self,
		git_url: git,
		html_url: html,
		download_url: folder ? null : `${page}/raw/${ref}/${place}`,
		_links: { self, git, html },
	};
}

async function folderShape(
	call: Call,
	ref: string,
	path: string,
	sha: string,
): Promise<object[]> {
	const { directory } = call.repository;
	const entries = await readTree(directory, sha);
	return Promise.all(
		entries.map(async (entry) => {
			const blob =
				entry.mode === FOLDER ? null : await readObject(directory, entry.sha);
			const whole = path ? `${path}/${entry.name}` : entry.name;
			return entryShape(call, ref, whole, entry, blob?.content.length ?? 0);
		}),
	);
}

export const contentRoutes = {
	"repos/get-content": async (call) => {
		const { repository, params, query, accept } = call;
		const path = (params.path ?? "").replace(/^\/|\/$/g, "");
		const commit = await commitAt(call, query.get("ref"));
		const entry = await findEntry(repository.directory, commit.tree, path);
		if (!entry) throw notFound();
		const ref = query.get("ref") || repository.defaultBranch;
		if (entry.mode === FOLDER)
			return answer(200, await folderShape(call, ref, path, entry.sha));
		const object = await readObject(repository.directory, entry.sha);
		const content = object?.content ?? Buffer.alloc(0);
		if (/[.+]raw/.test(accept)) {
			const type = "application/vnd.github.raw+json; charset=utf-8";
			return { status: 200, raw: { type, content } };
		}
		const shape = entryShape(call, ref, path, entry, content.length);
		if (entry.mode === LINK)
			return answer(200, { ...shape, target: content.toString() });
		const large = content.length > MOST_BYTES;
		return answer(200, {
			...shape,
			encoding: large ? "none" : "base64",
			content: large ? "" : inLines(content.toString("base64")),
		});
	},

	"repos/create-or-update-file-contents": async (call) => {
		const { repository, world } = call;
		const { directory } = repository;
		const wanted = call.body as FileRequest;
		const path = requirePath(call.params.path ?? "");
		const branch = wanted.branch ?? repository.defaultBranch;
		const before = await readBranch(directory, branch);
		const parent = before && (await readCommit(directory, before));
		if (!parent) throw notFound(`Branch ${branch} not found`);
		const old = await findEntry(directory, parent.tree, path);
		requireSha(path, old, wanted.sha);
		const content = Buffer.from(wanted.content, "base64");
		const sha = await writeObject(directory, "blob", content);
		const mode = old?.mode ?? "100644";
		const commit = await writeSignedCommit(call, {
			tree: await editTree(directory, parent.tree, [{ path, mode, sha }]),
			parents: [parent.sha],
			message: wanted.message,
			author: wanted.author ?? wanted.committer,
			committer: wanted.committer,
		});
		const ref = `refs/heads/${branch}`;
		if (!(await writeRef(directory, ref, commit.sha, parent.sha)))
			throw new Problem(409, `${path} does not match ${wanted.sha}`);
		await branchMoved(call, repository, ref, parent.sha, commit.sha);
		const entry = { name: path, mode, sha };
		return answer(old ? 200 : 201, {
			content: entryShape(call, branch, path, entry, content.length),
			commit: gitCommitShape(world, repository, commit),
		});
	},
} satisfies Routes;

interface FileRequest {
	message: string;
	content: string;
	sha?: string;
	branch?: string;
	author?: SignerInput;
	committer?: SignerInput;
}

/** Nobody overwrites a file without naming the version they saw. */
function requireSha(
	path: string,
	old: TreeEntry | null,
	seen: string | undefined,
): void {
	if (!old || old.sha === seen) return;
	if (seen === undefined)
		throw new Problem(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
	throw new Problem(409, `${path} does not match ${seen}`);
}

/** GitHub breaks base64 after sixty characters. */
function inLines(base64: string): string {
	return base64.replaceAll(/.{1,60}/g, "$&\n");
}
