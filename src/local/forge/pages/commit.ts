import { type Commit, readCommit } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import { fileView, rowsOf } from "./diff/file-view.ts";
import { type Html, html } from "./html.ts";
import { repositoryPage } from "./layout.ts";
import { checkLines } from "./parts/check-line.ts";
import { icon } from "./parts/icons.ts";
import { when } from "./parts/people.ts";
import { commitPath, shortSha, treePath } from "./paths.ts";
import type { Visit } from "./site.ts";

/** Git knows the empty tree without ever having stored it. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** A commit with what it changed against its first parent; null when there is none. */
export async function commitPage(
	visit: Visit,
	sha: string,
): Promise<Html | null> {
	const { repository } = visit;
	const { directory, verifiedCommits } = repository;
	const commit = await readCommit(directory, sha);
	if (!commit) return null;
	const from = commit.parents[0] ?? EMPTY_TREE;
	const files = await diffFiles(directory, from, sha);
	const [subject = "", ...rest] = commit.message.split("\n");
	const body = rest.join("\n").trim();
	const checks = checkLines(repository, sha);
	const boxes = files.map((file) =>
		fileView(visit, { file, sha, rows: rowsOf(file) }),
	);
	const { name, date } = commit.author;
	const verified =
		verifiedCommits.has(sha) && html`<span class="badge good">Verified</span>`;
	const tree = html`<a href="${treePath(repository, sha)}">files at this commit</a>`;
	const main = html`
		<div class="head">
			<h1>${subject}</h1>
			<p>
				${icon("commit")}<code>${sha}</code>${verified}
				<span class="quiet">
					${name} · ${when(date)} · ${parents(visit, commit)} · ${tree}
				</span>
			</p>
		</div>
		${body && html`<pre class="sheet">${body}</pre>`}
		${checks.length > 0 && html`<ul class="checks sheet">${checks}</ul>`}
		<section class="changes">
			<h2>Files changed <span class="count">${files.length}</span></h2>
			${boxes}
		</section>
	`;
	return repositoryPage(visit, subject, "code", main);
}

function parents({ repository }: Visit, commit: Commit): Html {
	const links = commit.parents.map(
		(sha) =>
			html` <a href="${commitPath(repository, sha)}"><code>${shortSha(sha)}</code></a>`,
	);
	return commit.parents.length === 0
		? html`the first commit`
		: html`after${links}`;
}
