// What changed around a design while people were deciding.
import type { Changed, Run } from "../run/run.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan, fence } from "./code.ts";
import { renderMarker } from "./marker.ts";

/** A comment of its own, where no gate shows the change anyway. */
export function renderChange(key: string, change: Changed, run: Run): string {
	return [
		renderMarker("change", { key }),
		`${changeTitle(change)} ${effectOf(change, run)}`,
		changeText(change),
	].join("\n\n");
}

function effectOf({ what }: Changed, run: Run): string {
	if (run.approval)
		return "What was approved stays what is built; `/retry 4` designs anew with this text, `/cancel` ends the run.";
	return what === "issue"
		? "I go on with this text; `/revise 1 <why>` starts over with it."
		: "The design is made anew on this ground, from phase 4 on; the approval is asked for after that.";
}

/** For the comment that asks for the approval again. */
export const changeList = (changes: readonly Changed[]): string =>
	changes
		.flatMap((change) => [changeTitle(change), changeText(change)])
		.join("\n\n");

const changeTitle = ({ what, by }: Changed) =>
	`**The ${what} changed**${by ? ` (${codeSpan(by)})` : ""}.`;

const changeText = ({ what, difference }: Changed) =>
	what === "base branch" ? cleanLine(difference) : fence(difference, "diff");
