import { type Html, html, type Part } from "./html.ts";
import { button } from "./parts/form.ts";
import { icon } from "./parts/icons.ts";
import { face } from "./parts/people.ts";
import { repositoryPath } from "./paths.ts";
import { issuesOf, pullsOf, type Visit } from "./site.ts";

const ICON =
	"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%23276f63'/%3E%3Cpath d='M4 11V5l4 3.4L12 5v6' fill='none' stroke='%23fff' stroke-width='1.6'/%3E%3C/svg%3E";

/** A whole page. */
export function page(title: string, head: Part, main: Part): Html {
	return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/-/style.css">
<link rel="icon" href="${ICON}">
<script src="/-/live.js" defer></script>
</head>
<body>
<header class="top"><a class="brand" href="/">forge</a>${head}</header>
<main>${main}</main>
<footer class="end">A GitHub of this machine alone. It ends with the process that started it.</footer>
</body>
</html>
`;
}

export type Tab = "issues" | "pulls" | "code" | null;

/** A page of one repository, with its tabs and the person who is acting. */
export function repositoryPage(
	visit: Visit,
	title: string,
	tab: Tab,
	main: Part,
): Html {
	const { repository } = visit;
	const home = repositoryPath(repository);
	const open = (issues: readonly { state: string }[]): number =>
		issues.filter(({ state }) => state === "open").length;
	const tabs = [
		{ key: "issues", name: "Issues", count: open(issuesOf(repository)) },
		{ key: "pulls", name: "Pull requests", count: open(pullsOf(repository)) },
		{ key: "code", name: "Code", count: 0 },
	].map(
		({ key, name, count }) =>
			html`
				<a href="${home}/${key}"${key === tab && html` aria-current="page"`}>
					${name}
					${count > 0 && html` <span class="count">${count}</span>`}</a>
			`,
	);
	const head = html`
		<a class="crumb" href="${home}"><span>${repository.owner.login} /</span>${" "}
			<strong>${repository.name}</strong></a>
		${repository.private && html`<span class="badge">private</span>`}
		<nav class="tabs" id="tabs" data-live aria-label="Repository">${tabs}</nav>
		${personMenu(visit)}
	`;
	return page(`${title} · ${repository.fullName}`, head, main);
}

function personMenu({ person, people, url }: Visit): Html {
	if (!person) return html``;
	const others = people.map(({ account, role }) =>
		button(html`${face(account)} ${account.login} <small>${role}</small>`, {
			kind: "quiet",
			name: "as",
			value: account.login,
		}),
	);
	return html`
		<details class="menu">
			<summary title="Whom you act as">${face(person)} ${person.login}
			</summary>
			<form method="post" action="/-/as">
				<p>Act as</p>
				<input type="hidden" name="back" value="${url.pathname}">${others}
			</form>
		</details>
	`;
}

export function emptyNote(text: string): Html {
	return html`<p class="empty">${icon("notice")} ${text}</p>`;
}
