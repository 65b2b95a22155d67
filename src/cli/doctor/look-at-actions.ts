// Whether jobs may go to the repositories' own runners, as far as the App itself
// decides; which repository keeps the workflow for it is asked when a run needs it.
import { makeGitHub } from "../../github/app-client.ts";
import type { Settings } from "../../settings.ts";
import { WORKFLOW_PATH } from "../../views/onboarding/workflow.ts";

/** What was seen; throws where they may not, in words that say what to do. */
export async function lookAtActions({
	github,
	apiUrl,
}: Pick<Settings, "github" | "apiUrl">): Promise<string> {
	if (!github) throw new Error("not asked for: no App credentials yet");
	const { appId, privateKey } = github;
	const { permissions, events } = await makeGitHub({
		...{ appId, privateKey, baseUrl: apiUrl, throttle: false, log: SILENT },
	}).identity();
	if (permissions && permissions.actions !== "write")
		throw new Error(
			`the App may not start workflows (Actions: ${permissions.actions ?? "no access"}): give it Actions, read and write, in its settings, and accept it in its installations`,
		);
	const hints = events?.includes("workflow_run")
		? ""
		: "; without the event Workflow run, ended jobs are noticed up to two minutes late";
	return `the App may start workflows; each repository needs ${WORKFLOW_PATH} (\`modelwright init --actions\`)${hints}`;
}

const nothing = () => {};
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
