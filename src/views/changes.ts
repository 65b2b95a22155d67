// What changed around a design while people were deciding.
import type { Changed, Run } from "../run/run.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan, fence } from "./code.ts";
import { renderMarker } from "./marker.ts";

/** A comment of its own, where no gate shows the change anyway. */
export function renderChange(key: string, change: Changed, run: Run): string {
	const effect = run.approval
		? "What was approved stays what is built; `/retry 4` designs anew with this text, `/cancel` ends the run."
		: "I go on with this text; `/revise 1 <why>` starts over with it.";
	return [
		renderMarker("change", { key }),
		`${changeTitle(change)} ${effect}`,
		changeText(change),
	].join("\n\n");
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
