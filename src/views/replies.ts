// One-line answers, outside the status and phase comments.
import { accessOf, type CollaboratorRole } from "../run/permissions.ts";
import type { Failure, Run } from "../run/run.ts";
import { phaseTitle } from "./announcement.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { renderMarker } from "./marker.ts";

/** The answer to a command. */
export const renderReply = (commentId: number, by: string, text: string) =>
	replyTo(`comment-${commentId}`, by, text);

/** `text` is ours and may hold Markdown. */
export function replyTo(key: string, by: string, text: string): string {
	const marker = renderMarker("reply", { key });
	const name = codeSpan(by);
	// Some answers begin with the name themselves.
	return `${marker}\n\n${text.startsWith(name) ? text : `${name}: ${text}`}`;
}

export function renderTrouble(input: {
	run: Run;
	phase: number;
	attempt: number;
	failure: Failure;
	/** The complete command that lets the run go on. */
	command: string;
}): string {
	const { run, phase, attempt, failure, command } = input;
	return [
		renderMarker("trouble", { run: run.id, phase, attempt }),
		`**${phaseTitle(phase)} stopped.** Comment ${codeSpan(command)} to go on.`,
		`${cleanLine(failure.message)} ${KEPT[failure.kind]}`,
	].join("\n\n");
}

const DONE_IS_KEPT = "Everything done so far is kept.";

const KEPT: Record<Failure["kind"], string> = {
	refusal: `The model declined this work. ${DONE_IS_KEPT}`,
	budget: `The budget is the limit you set; \`/budget <usd>\` sets another. ${DONE_IS_KEPT}`,
	authentication: `Whoever runs Modelwright has to renew its access. ${DONE_IS_KEPT}`,
	overloaded: `The model's provider is overloaded. ${DONE_IS_KEPT}`,
	"invalid submission": `The model's answer could not be used. ${DONE_IS_KEPT}`,
	"context overflow": `The conversation grew too long for the model. ${DONE_IS_KEPT}`,
	repository: `Something in the repository is not as expected. ${DONE_IS_KEPT}`,
	publishing: `GitHub did not take what I wanted to publish. ${DONE_IS_KEPT}`,
	crashed: DONE_IS_KEPT,
	internal: `This is a fault of Modelwright; its log says more. ${DONE_IS_KEPT}`,
};

/** Said where the label came from somebody who may not start a run. */
export const startRefused = (by: string, role: CollaboratorRole): string =>
	`Not started: ${codeSpan(by)} has ${accessOf(role)}, and starting a run needs triage access or more. Somebody with it can take the label off and put it on again.`;

/** The label came again while the task has a run. */
export function alreadyLive({ state, phase }: Run): string {
	const at = `at ${phaseTitle(phase)}; the status comment above tells more`;
	return state === "paused"
		? `A run of this task is paused already, ${at}. \`/resume\` lets it go on, \`/cancel\` ends it.`
		: `A run is at work on this task already, ${at}. \`/cancel\` ends it.`;
}

export const notOpen = (state: "closed" | "locked"): string =>
	`Not started: this issue is ${state}. ${state === "closed" ? "Open" : "Unlock"} it, then take the label off and put it on again.`;

export const noCommitYet = (branch: string): string =>
	`Not started: this repository has no commit on ${codeSpan(branch)} yet. Push one, then take the label off and put it on again.`;

/** `link` is the configuration's address at the commit that was read, if known. */
export function configFaults(faults: readonly string[], link?: string): string {
	const file = link
		? `[\`.github/modelwright.yml\`](${link})`
		: "`.github/modelwright.yml`";
	const list = faults.map((fault) => `- ${cleanLine(fault)}`).join("\n");
	return `Not started: ${file} has ${faults.length === 1 ? "a fault" : "faults"}.\n\n${list}\n\nCorrect the file on the default branch, then take the label off and put it on again.`;
}
