import type { Annotation, CheckRun, Repository } from "../../state.ts";
import { type Html, html } from "../html.ts";
import { type IconName, icon } from "../parts/icons.ts";
import { checkPath } from "../paths.ts";

/** A remark of a check on some lines of a file. */
export interface Remark {
	check: CheckRun;
	annotation: Annotation;
	id: string;
}

export function remarksOf(checks: readonly CheckRun[]): Remark[] {
	return checks.flatMap((check) =>
		check.annotations.map((annotation, index) => ({
			check,
			annotation,
			id: remarkId(check, index),
		})),
	);
}

export const remarkId = ({ id }: CheckRun, index: number): string =>
	`annotation-${id}-${index + 1}`;

const ICONS: Record<Annotation["annotation_level"], IconName> = {
	notice: "notice",
	warning: "warning",
	failure: "failure",
};

export function levelSign(level: Annotation["annotation_level"]): Html {
	return html`
		<span class="level ${level}" title="${level}">${icon(ICONS[level])}
			<span class="unseen">${level}</span></span>
	`;
}

export function lineRange({ start_line, end_line }: Annotation): string {
	return end_line > start_line
		? `lines ${start_line}–${end_line}`
		: `line ${start_line}`;
}

export function remarkView(
	repository: Repository,
	{ check, annotation, id }: Remark,
): Html {
	const { annotation_level: level, title, message, raw_details } = annotation;
	const raw =
		raw_details &&
		html`
			<details class="raw"${raw_details.split("\n").length < 12 && html` open`}>
				<summary>Raw details</summary>
				<pre><code>${raw_details}</code></pre>
			</details>
		`;
	return html`
		<section class="remark ${level}" id="${id}">${levelSign(level)}
			<div>
				<p><strong>${title ?? check.name}</strong></p>
				<p class="message">${message}</p>
				${raw}
				<p class="source"><a href="${checkPath(repository, check.id)}">
						${check.name}</a> · ${lineRange(annotation)}
				</p>
			</div>
		</section>
	`;
}
