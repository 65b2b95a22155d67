import { resolveCommit } from "../git/refs.ts";
import { blobPage } from "./blob.ts";
import { checkPage } from "./check.ts";
import { commitPage } from "./commit.ts";
import type { Html } from "./html.ts";
import { issuePage } from "./issue.ts";
import { issuesPage, pullsPage, repositoryFront } from "./lists.ts";
import { newIssuePage } from "./new-issue.ts";
import { issuePath } from "./paths.ts";
import { pullPage } from "./pull.ts";
import { findReference } from "./reference.ts";
import type { Visit } from "./site.ts";
import { treePage } from "./tree.ts";

/** A page, the address of a better one, or null: there is nothing here. */
type Shown = Html | string | null;

type View = (visit: Visit, argument: string) => Promise<Shown> | Shown;

/** What stands below "/owner/name"; the first group is the view's argument. */
const VIEWS: readonly (readonly [pattern: RegExp, view: View])[] = [
	[/^()\/?$/, repositoryFront],
	[/^\/issues()$/, issuesPage],
	[/^\/pulls()$/, pullsPage],
	[/^\/issues\/new()$/, newIssuePage],
	[/^\/issues\/(\d+)$/, issueView],
	[/^\/pull\/(\d+)$/, pullView],
	[/^\/pull\/(\d+)\/(?:files|checks|commits)$/, alias],
	[/^\/runs\/(\d+)$/, checkView],
	[/^\/commit\/(.+)$/, commitView],
	[/^\/code()$/, codeView],
	[/^\/tree\/(.+)$/, fileView],
	[/^\/blob\/(.+)$/, fileView],
];

export async function show(visit: Visit, below: string): Promise<Shown> {
	for (const [pattern, view] of VIEWS) {
		const match = pattern.exec(below);
		if (match) return view(visit, match[1] ?? "");
	}
	return null;
}

function issueView(visit: Visit, number: string): Shown {
	const issue = visit.repository.issues.get(Number(number));
	if (issue?.pull) return issuePath(visit.repository, issue);
	return issue ? issuePage(visit, issue) : null;
}

function pullView(visit: Visit, number: string): Promise<Shown> | Shown {
	const issue = visit.repository.issues.get(Number(number));
	if (!issue) return null;
	const { pull } = issue;
	return pull
		? pullPage(visit, { ...issue, pull })
		: issuePath(visit.repository, issue);
}

/** Everything about a pull request stands on its one page. */
function alias({ repository }: Visit, number: string): Shown {
	const issue = repository.issues.get(Number(number));
	return issue ? `${issuePath(repository, issue)}#changes` : null;
}

function checkView(visit: Visit, id: string): Shown {
	const check = visit.repository.checkRuns.get(Number(id));
	return check ? checkPage(visit, check) : null;
}

async function commitView(visit: Visit, name: string): Promise<Shown> {
	const sha = await resolveCommit(visit.repository.directory, name);
	return sha ? commitPage(visit, sha) : null;
}

function codeView(visit: Visit): Promise<Shown> {
	return fileView(visit, visit.repository.defaultBranch);
}

async function fileView(visit: Visit, address: string): Promise<Shown> {
	const reference = await findReference(visit.repository, address);
	if (!reference) return null;
	const folder = reference.entry.mode === "40000";
	return folder ? treePage(visit, reference) : blobPage(visit, reference);
}
