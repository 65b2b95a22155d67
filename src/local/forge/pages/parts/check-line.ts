import { standingStatuses } from "../../ci-state.ts";
import type { CheckRun, CommitStatus, Repository } from "../../state.ts";
import { type Html, html } from "../html.ts";
import { checkPath } from "../paths.ts";
import { type IconName, icon } from "./icons.ts";

interface Outcome {
	kind: "success" | "failure" | "neutral" | "running";
	word: string;
}

export function outcomeOf({ status, conclusion }: CheckRun): Outcome {
	if (status !== "completed")
		return { kind: "running", word: status.replaceAll("_", " ") };
	const word = (conclusion ?? "neutral").replaceAll("_", " ");
	if (conclusion === "success") return { kind: "success", word };
	const soft = ["neutral", "skipped", "stale", "cancelled"];
	return { kind: soft.includes(word) ? "neutral" : "failure", word };
}

export const outcomeSign = (check: CheckRun): Html => sign(outcomeOf(check));

function sign({ kind, word }: Outcome): Html {
	const name: IconName = kind;
	return html`<span class="outcome ${kind}" title="${word}">${icon(name)}</span>`;
}

const KINDS: Record<CommitStatus["state"], Outcome["kind"]> = {
	error: "failure",
	failure: "failure",
	pending: "running",
	success: "success",
};

/** Its own page is elsewhere, and not linked. */
const statusLine = ({
	context,
	state,
	description,
}: CommitStatus): Html => html`
	<li class="check">${sign({ kind: KINDS[state], word: state })}<strong>
			${context}</strong> <span class="quiet">${description ?? state}</span>
	</li>
`;

/** All that is said of a commit. */
export const checkLines = (repository: Repository, sha: string): Html[] => [
	...checksAt(repository, sha).map((check) => checkLine(repository, check)),
	...standingStatuses(repository.statuses, sha).map(statusLine),
];

/** A check in a list: what came out, and how many remarks wait in the files. */
function checkLine(repository: Repository, check: CheckRun): Html {
	const { id, name, output, annotations } = check;
	const remarks =
		annotations.length > 0 &&
		html`
			<span class="count">${annotations.length}${" "}
				${annotations.length === 1 ? "annotation" : "annotations"}</span>
		`;
	return html`
		<li class="check">${outcomeSign(check)}<a href="${checkPath(repository, id)}"><strong>
					${name}</strong></a> <span class="quiet">
				${output.title ?? outcomeOf(check).word}</span>${remarks}
		</li>
	`;
}

export function checksAt(repository: Repository, sha: string): CheckRun[] {
	return [...repository.checkRuns.values()]
		.filter(({ headSha }) => headSha === sha)
		.sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
}
