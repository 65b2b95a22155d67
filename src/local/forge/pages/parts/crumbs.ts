import { type Html, html } from "../html.ts";
import { shortSha, treePath } from "../paths.ts";
import type { Reference } from "../reference.ts";
import type { Visit } from "../site.ts";
import { icon } from "./icons.ts";

/** The ref and the folders above a file, each a link. */
export function crumbs(
	{ repository }: Visit,
	{ name, sha, path }: Reference,
): Html {
	const parts = path.split("/").filter(Boolean);
	const folders = parts.slice(0, -1).map((part, index) => {
		const to = parts.slice(0, index + 1).join("/");
		return html`<a href="${treePath(repository, name, to)}">${part}</a> / `;
	});
	const shown = name === sha ? shortSha(sha) : name;
	return html`
		<h1 class="crumbs"><a class="branch" href="${treePath(repository, name)}">
				${icon("branch")} <code>${shown}</code></a> ${folders}<strong>
				${parts.at(-1)}</strong>
		</h1>
	`;
}
