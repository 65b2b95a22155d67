import { listRefs } from "../git/refs.ts";
import type { Issue } from "../state.ts";
import { type Html, html, type Part } from "./html.ts";
import { emptyNote, page, repositoryPage } from "./layout.ts";
import { icon } from "./parts/icons.ts";
import { labelTag } from "./parts/labels.ts";
import { byline, when } from "./parts/people.ts";
import { stateSign } from "./parts/state-badge.ts";
import { issuePath, repositoryPath, treePath } from "./paths.ts";
import { issuesOf, pullsOf, type Site, type Visit } from "./site.ts";

/** All repositories of this GitHub, or those of one owner. */
export function homePage({ state }: Site, owner?: string): Html {
	const rows = [...state.repositories.values()]
		.filter((one) => !owner || one.owner.login === owner)
		.map((repository) => {
			const open = [...repository.issues.values()].filter(
				(issue) => issue.state === "open",
			).length;
			return html`
				<li>${icon("branch")} <a href="${repositoryPath(repository)}">
						<strong>${repository.fullName}</strong></a>
					${repository.private && html` <span class="badge">private</span>`}${" "}
					<span class="quiet">${open} open</span>
				</li>
			`;
		});
	const main = html`
		<div class="head">
			<h1>${owner ?? "Repositories"}</h1>
		</div>
		${rows.length > 0 ? html`<ul class="list" id="list" data-live>${rows}</ul>` : emptyNote("No repository yet.")}
	`;
	return page(owner ?? "Repositories", null, main);
}

/** A repository's front: its issues, its pull requests, its branches. */
export async function repositoryFront(visit: Visit): Promise<Html> {
	const { repository } = visit;
	const home = repositoryPath(repository);
	const refs = await listRefs(repository.directory);
	const branches = [...refs.keys()]
		.filter((ref) => ref.startsWith("refs/heads/"))
		.map((ref) => ref.slice("refs/heads/".length))
		.map(
			(name) =>
				html`
					<li>${icon("branch")} <a href="${treePath(repository, name)}">
							<code>${name}</code></a>
						${name === repository.defaultBranch && html` <span class="badge">default</span>`}
					</li>
				`,
		);
	const main = html`
		<div class="head row">
			<h1>${repository.fullName}</h1>
			${newIssue(home)}
		</div>
		<h2>Issues</h2>
		${issueList(visit, issuesOf(repository), "issues")}
		<h2>Pull requests</h2>
		${issueList(visit, pullsOf(repository), "pulls")}
		<h2>Branches</h2>
		<ul class="list" id="branches" data-live>${branches}</ul>
	`;
	return repositoryPage(visit, repository.fullName, null, main);
}

export function issuesPage(visit: Visit): Html {
	const { repository } = visit;
	const main = html`
		<div class="head row">
			<h1>Issues</h1>
			${newIssue(repositoryPath(repository))}
		</div>
		${issueList(visit, issuesOf(repository), "issues")}
	`;
	return repositoryPage(visit, "Issues", "issues", main);
}

export function pullsPage(visit: Visit): Html {
	const main = html`
		<div class="head">
			<h1>Pull requests</h1>
		</div>
		${issueList(visit, pullsOf(visit.repository), "pulls")}
	`;
	return repositoryPage(visit, "Pull requests", "pulls", main);
}

function newIssue(home: string): Html {
	return html`<a class="button first" href="${home}/issues/new">New issue</a>`;
}

function issueList(
	{ repository }: Visit,
	issues: readonly Issue[],
	id: string,
): Html {
	const rows = issues.map((issue) => {
		const { number, title, user, createdAt, labels, pull } = issue;
		const ends: Part =
			pull && html` · <code>${pull.base}</code> ← <code>${pull.head}</code>`;
		return html`
			<li>${stateSign(issue)}
				<div><a href="${issuePath(repository, issue)}"><strong>${title}
						</strong></a> ${labels.map(labelTag)}
					<p class="quiet">#${number} by ${byline(user)}${" "}
						${when(createdAt)}${ends}
					</p>
				</div>
			</li>
		`;
	});
	return html`
		<div id="${id}" data-live>
			${rows.length > 0 ? html`<ul class="list">${rows}</ul>` : emptyNote("None yet.")}
		</div>
	`;
}
