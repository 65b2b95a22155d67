import type { CheckRun } from "../state.ts";
import { levelSign, lineRange, remarkId } from "./diff/annotations.ts";
import { type Html, html } from "./html.ts";
import { repositoryPage } from "./layout.ts";
import { markdown } from "./markdown.ts";
import { outcomeOf, outcomeSign } from "./parts/check-line.ts";
import { actForm, button } from "./parts/form.ts";
import { when } from "./parts/people.ts";
import {
	blobPath,
	checkPath,
	commitPath,
	issuePath,
	shortSha,
} from "./paths.ts";
import { pullsOf, type Visit } from "./site.ts";

/** One check run: what came out and where. */
export function checkPage(visit: Visit, check: CheckRun): Html {
	const { repository } = visit;
	const { name, output, headSha, completedAt, startedAt } = check;
	const pull = pullsOf(repository).find((one) => one.pull.headSha === headSha);
	const where = pull
		? html`<a href="${issuePath(repository, pull)}">${pull.title}</a>`
		: html`<a href="${commitPath(repository, headSha)}"><code>${shortSha(headSha)}</code></a>`;
	const text = (part: string | null): Html | null =>
		part?.trim() ? markdown(part, { repository }) : null;
	const { word } = outcomeOf(check);
	const at = when(completedAt ?? startedAt);
	const main = html`
		<div class="head" id="head" data-live>
			<h1>${outcomeSign(check)} ${name}</h1>
			<p><span class="quiet">${word} · ${at} · on ${where}</span></p>
		</div>
		<div class="sheet" id="output" data-live>
			${output.title && html`<h2>${output.title}</h2>`}
			${text(output.summary)}
			${buttons(visit, check)}
			${text(output.text)}
			${annotations(visit, check, pull && issuePath(repository, pull))}
		</div>
	`;
	return repositoryPage(visit, name, "pulls", main);
}

function buttons(visit: Visit, check: CheckRun): Html | null {
	if (check.status !== "completed") return null;
	const action = `${checkPath(visit.repository, check.id)}/press`;
	const own = check.actions.map(
		({ label, description, identifier }) =>
			html`
				<span title="${description}">
					${button(label, { kind: "first", name: "identifier", value: identifier })}
				</span>
			`,
	);
	return html`
		<div class="actions">
			${actForm(visit, action, [...own, button("Re-run", { name: "rerun", value: "1" })])}
		</div>
	`;
}

function annotations(
	{ repository }: Visit,
	check: CheckRun,
	pull: string | undefined,
): Html | null {
	if (check.annotations.length === 0) return null;
	const rows = check.annotations.map((annotation, index) => {
		const { path, start_line: line, annotation_level: level } = annotation;
		const place = pull
			? `${pull}#${remarkId(check, index)}`
			: blobPath(repository, check.headSha, path, line);
		return html`
			<tr>
				<td>${levelSign(level)}</td>
				<td><a href="${place}"><code>${path}</code></a><br>
					<span class="quiet">${lineRange(annotation)}</span>
				</td>
				<td><strong>${annotation.title}</strong>
					<p class="message">${annotation.message}</p>
				</td>
			</tr>
		`;
	});
	return html`
		<h2>Annotations <span class="count">${rows.length}</span></h2>
		<table class="annotations"><tbody>${rows}</tbody></table>
	`;
}
