// What is said to people who reviewed a pull request.
import type { Answer } from "../reports/remarks.ts";
import { isLive, type Run } from "../run/run.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { fileLink } from "./links.ts";
import { renderMarker } from "./marker.ts";

export interface RenderedAnswer {
	readonly run: Run;
	/** Unique on the pull request. */
	readonly key: string;
	readonly answer: Answer;
	/** The commit that was made for the review, if any. */
	readonly commit?: string;
	/** What failed, where the repository's CI did. */
	readonly failed?: string;
}

export const renderAnswer = ({
	run,
	key,
	answer,
	commit,
	failed,
}: RenderedAnswer): string =>
	[
		renderMarker("answer", { key }),
		...(failed ? [failed] : []),
		[
			...outcome(run, answer, commit),
			cleanLine(answer.says) || "I have nothing to say to this.",
			...decision(run, answer),
		].join(" "),
	].join("\n\n");

function outcome(
	run: Run,
	{ outcome, place, design = "" }: Answer,
	commit = "",
): string[] {
	switch (outcome) {
		case "done":
			return [
				`**Done** in ${commit}${place ? ` (${fileLink(run, commit, place.path, place.line)})` : ""}.`,
			];
		case "answered":
			return [];
		case "against the design":
			return [
				`**Not changed:** it contradicts the approved design (${codeSpan(design)}).`,
			];
		case "declined":
			return ["**Not changed.**"];
		case "broke tests":
			return [
				"**Not changed:** the tests failed with what I tried, also after a repair.",
			];
	}
}

/** What was approved is undone where it was approved. */
function decision(run: Run, { outcome }: Answer): string[] {
	if (outcome !== "against the design") return [];
	const task = `#${run.issue.number}`;
	const how = isLive(run)
		? "`/retry 4` there has the design made anew and asks for its approval"
		: `say in its text what should be otherwise, then take the label ${codeSpan(run.config.label)} off and put it on again`;
	return [`That needs a decision on ${task}: ${how}.`];
}

/** One answer to a whole review; `text` is ours and may hold Markdown. */
export const renderPullReply = (
	key: string,
	by: string,
	text: string,
): string => {
	const name = codeSpan(by);
	return `${renderMarker("answer", { key })}\n\n${text.startsWith(name) ? text : `${name}: ${text}`}`;
};
