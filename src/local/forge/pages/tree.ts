import { FOLDER, readTree } from "../git/trees.ts";
import { type Html, html } from "./html.ts";
import { repositoryPage } from "./layout.ts";
import { markdown } from "./markdown.ts";
import { crumbs } from "./parts/crumbs.ts";
import { icon } from "./parts/icons.ts";
import { blobPath, treePath } from "./paths.ts";
import type { Reference } from "./reference.ts";
import type { Visit } from "./site.ts";
import { readText } from "./text-file.ts";

/** A folder at a commit, with its read-me below. */
export async function treePage(
	visit: Visit,
	reference: Reference,
): Promise<Html> {
	const main = html`
		<div class="head">${crumbs(visit, reference)}</div>
		${await folder(visit, reference)}
	`;
	return repositoryPage(visit, reference.path || "Code", "code", main);
}

async function folder(visit: Visit, reference: Reference): Promise<Html> {
	const { repository } = visit;
	const { name, path, sha, entry } = reference;
	const entries = await readTree(repository.directory, entry.sha);
	const rows = entries
		.toSorted((a, b) => Number(b.mode === FOLDER) - Number(a.mode === FOLDER))
		.map((one) => {
			const below = [path, one.name].filter(Boolean).join("/");
			return one.mode === FOLDER
				? html`
					<li>${icon("folder")}${" "}
						<a href="${treePath(repository, name, below)}">${one.name}
						</a>
					</li>
				`
				: html`<li>${icon("file")} <a href="${blobPath(repository, name, below)}">${one.name}</a></li>`;
		});
	const readMe = entries.find((one) => /^readme\.md$/i.test(one.name));
	const text =
		readMe &&
		(await readText(
			repository,
			sha,
			[path, readMe.name].filter(Boolean).join("/"),
		));
	return html`
		<ul class="list">${rows}</ul>
		${text && html`<article class="sheet">${markdown(text, { repository, flowing: true })}</article>`}
	`;
}
