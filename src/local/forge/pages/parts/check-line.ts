import type { CheckRun, Repository } from "../../state.ts";
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

export function outcomeSign(check: CheckRun): Html {
	const { kind, word } = outcomeOf(check);
	const name: IconName = kind;
	return html`<span class="outcome ${kind}" title="${word}">${icon(name)}</span>`;
}

/** A check in a list: what came out, and how many remarks wait in the files. */
export function checkLine(repository: Repository, check: CheckRun): Html {
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
