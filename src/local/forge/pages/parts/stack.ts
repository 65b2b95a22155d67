import type { PullRequest } from "../diff/files-changed.ts";
import { type Html, html } from "../html.ts";
import { issuePath } from "../paths.ts";
import { pullsOf, type Visit } from "../site.ts";
import { sideList } from "./side-list.ts";
import { stateSign } from "./state-badge.ts";

/** The pull requests that build upon each other around this one, lowest first. */
export function stackList({ repository }: Visit, issue: PullRequest): Html {
	const all = pullsOf(repository);
	const stack = [issue];
	const known = ({ number }: PullRequest): boolean =>
		stack.some((one) => one.number === number);
	for (;;) {
		const [lowest = issue] = stack;
		const highest = stack.at(-1) ?? issue;
		const under = all.find(
			(one) => one.pull.head === lowest.pull.base && !known(one),
		);
		const above = all.find(
			(one) => one.pull.base === highest.pull.head && !known(one),
		);
		if (under) stack.unshift(under);
		if (above) stack.push(above);
		if (!under && !above) break;
	}
	const rows = stack.map((one) => {
		const here = one.number === issue.number;
		return html`
			<li>${stateSign(one)}
				<a href="${issuePath(repository, one)}"${here && html` class="here" aria-current="page"`}>
					#${one.number} ${one.title}</a>
			</li>
		`;
	});
	return sideList("stack", "Stack, lowest first", rows);
}
