import { answer, type Call, paged, type Routes } from "../call.ts";
import { type Commit, readCommit } from "../git/commits.ts";
import { compare } from "../git/comparison.ts";
import { diffText, patchText } from "../git/diff.ts";
import { listCommits, resolveCommit } from "../git/refs.ts";
import { notFound, Problem } from "../problem.ts";
import { commitShape, fullCommitShape } from "../shapes/commit.ts";
import { fileShape } from "../shapes/pull.ts";
import { repositoryApi, repositoryPage } from "../shapes/repository.ts";
import type { Repository } from "../state.ts";

async function findCommit(
	{ directory }: Repository,
	name: string,
): Promise<Commit> {
	const sha = await resolveCommit(directory, name);
	const commit = sha && (await readCommit(directory, sha));
	if (!commit) throw new Problem(422, `No commit found for SHA: ${name}`);
	return commit;
}

/** An answer as text when the Accept header asks for a diff or a patch. */
export async function asText(
	{ accept, repository }: Call,
	from: string,
	to: string,
): Promise<{ status: number; raw: { type: string; content: string } } | null> {
	const kind = /vnd\.github\.(?:v3\.)?(diff|patch)/.exec(accept)?.[1];
	if (!kind) return null;
	const write = kind === "diff" ? diffText : patchText;
	const content = await write(repository.directory, from, to);
	const type = `application/vnd.github.${kind}; charset=utf-8`;
	return { status: 200, raw: { type, content } };
}

async function show({ world, repository }: Call, sha: string): Promise<object> {
	const commit = await readCommit(repository.directory, sha);
	if (!commit) throw notFound();
	return commitShape(world, repository, commit);
}

export function pagedCommits(call: Call, shas: string[]) {
	return paged(call, shas, (sha) => show(call, sha));
}

export const commitRoutes = {
	"repos/get-commit": async (call) => {
		const { world, repository, params } = call;
		const commit = await findCommit(repository, params.ref ?? "");
		const parent = commit.parents[0];
		const text = parent && (await asText(call, parent, commit.sha));
		return (
			text || answer(200, await fullCommitShape(world, repository, commit))
		);
	},

	"repos/list-commits": async (call) => {
		const { repository, query } = call;
		const name = query.get("sha") || repository.defaultBranch;
		const sha = await resolveCommit(repository.directory, name);
		if (!sha) throw notFound();
		const path = query.get("path") ?? "";
		const shas = await listCommits(repository.directory, null, sha, path);
		return pagedCommits(call, shas);
	},

	"repos/compare-commits-with-basehead": async (call) => {
		const { world, repository, params } = call;
		const { directory } = repository;
		const [base = "", head = ""] = (params.basehead ?? "").split("...");
		const [from, to] = await Promise.all([
			resolveCommit(directory, base),
			resolveCommit(directory, head),
		]);
		if (!from || !to) throw notFound();
		const text = await asText(call, from, to);
		if (text) return text;
		const { mergeBase, commits, behind, files } = await compare(
			directory,
			from,
			to,
		);
		if (!mergeBase)
			throw notFound(`No common ancestor between ${base} and ${head}.`);
		const ahead = commits.length;
		const api = `${repositoryApi(world, repository)}/compare/${params.basehead}`;
		const page = `${repositoryPage(world, repository)}/compare/${params.basehead}`;
		return answer(200, {
			url: api,
			html_url: page,
			permalink_url: page,
			diff_url: `${page}.diff`,
			patch_url: `${page}.patch`,
			base_commit: await show(call, from),
			merge_base_commit: await show(call, mergeBase),
			status: relation(ahead, behind),
			ahead_by: ahead,
			behind_by: behind,
			total_commits: ahead,
			commits: await Promise.all(commits.map((sha) => show(call, sha))),
			files: files.map((file) => fileShape(world, repository, to, file)),
		});
	},
} satisfies Routes;

function relation(ahead: number, behind: number): string {
	if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
	return behind > 0 ? "behind" : "identical";
}
