import { readCommit } from "../git/commits.ts";
import { compare } from "../git/comparison.ts";
import type { FileDiff } from "../git/diff.ts";
import { remarksOf } from "./diff/annotations.ts";
import { rowsOf } from "./diff/file-view.ts";
import { filesChanged, type PullRequest } from "./diff/files-changed.ts";
import { placeThread, type Thread, threadsOf } from "./diff/threads.ts";
import { type Html, html } from "./html.ts";
import { commentBox } from "./issue.ts";
import { repositoryPage } from "./layout.ts";
import { checkLines, checksAt } from "./parts/check-line.ts";
import { icon } from "./parts/icons.ts";
import { labelTag } from "./parts/labels.ts";
import { mergeBox, reviewBox } from "./parts/merge-box.ts";
import { byline, when } from "./parts/people.ts";
import { reviewEntries } from "./parts/reviews.ts";
import { sideList } from "./parts/side-list.ts";
import { stackList } from "./parts/stack.ts";
import { stateBadge } from "./parts/state-badge.ts";
import { timeline } from "./parts/timeline.ts";
import { commitPath, shortSha, treePath } from "./paths.ts";
import type { Visit } from "./site.ts";

/** A pull request on one page: the conversation, the checks, the changes. */
export async function pullPage(
	visit: Visit,
	issue: PullRequest,
): Promise<Html> {
	const { repository } = visit;
	const { number, title, pull } = issue;
	const { directory } = repository;
	const { files, commits } = await compare(
		directory,
		pull.baseSha,
		pull.headSha,
	);
	const remarks = remarksOf(checksAt(repository, pull.headSha));
	const threads = threadsOf(repository, number);
	const isPlaced = (thread: Thread): boolean => {
		const file = files.find(({ path }) => path === thread.first.path);
		return (
			file !== undefined && placeThread(rowsOf(file), thread) !== undefined
		);
	};
	const reviews = reviewEntries(visit, number, threads, isPlaced);
	const rows = checkLines(repository, pull.headSha);
	const changed = { pull: issue, files, remarks, threads };
	const main = html`
		${head(visit, issue)}
		<div class="columns">
			<div class="main">
				${timeline(visit, issue, reviews)}
				${await mergeBox(visit, issue)}
				${commentBox(visit, issue)}
			</div>
			<aside>
				${sideList("checks", "Checks", rows)}
				${stackList(visit, issue)}
				${await commitList(visit, commits)}
			</aside>
		</div>
		<section class="changes" id="changes">
			${size(files, remarks.length)}
			<div id="files" data-live-list>${await filesChanged(visit, changed)}</div>
		</section>
		${reviewBox(visit, issue)}
	`;
	return repositoryPage(visit, `${title} · #${number}`, "pulls", main);
}

function head({ repository }: Visit, issue: PullRequest): Html {
	const { number, title, user, createdAt, pull, labels } = issue;
	const branch = (name: string): Html =>
		html`<a class="branch" href="${treePath(repository, name)}"><code>${name}</code></a>`;
	return html`
		<div class="head" id="head" data-live>
			<h1>${title} <span class="number">#${number}</span></h1>
			<p>${stateBadge(issue)} ${branch(pull.base)}${" "}
				<span aria-label="takes from">←</span> ${branch(pull.head)}${" "}
				<span class="quiet">${byline(user)} opened this ${when(createdAt)}
				</span> ${labels.map(labelTag)} <a class="jump" href="#changes">
					Files changed ↓</a>
			</p>
		</div>
	`;
}

/** The heading over the files: how much there is to read. */
function size(files: readonly FileDiff[], remarks: number): Html {
	const plus = files.reduce((sum, { additions }) => sum + additions, 0);
	const minus = files.reduce((sum, { deletions }) => sum + deletions, 0);
	const noun = remarks === 1 ? "annotation" : "annotations";
	return html`
		<h2 id="size" data-live>
			Files changed${" "}
			<span class="count">${files.length}</span>
			<span class="sizes">
				<span class="plus">+${plus}</span>${" "}
				<span class="minus">−${minus}</span>
			</span>
			${remarks > 0 && html`<span class="quiet">${remarks} ${noun}</span>`}
		</h2>
	`;
}

async function commitList(
	{ repository }: Visit,
	shas: readonly string[],
): Promise<Html> {
	const rows = shas.map(async (sha) => {
		const commit = await readCommit(repository.directory, sha);
		const subject = commit?.message.split("\n", 1)[0];
		return html`
			<li>${icon("commit")}<a href="${commitPath(repository, sha)}">${subject}${" "}
					<code>${shortSha(sha)}</code></a>
			</li>
		`;
	});
	return sideList("commits", "Commits", await Promise.all(rows));
}
