// What a repository is offered to begin with: three files and the pull request
// that brings them. Fixed texts; nothing of them comes from anywhere else.
import { fence } from "./code.ts";
import { CAPSULE_EXAMPLE } from "./onboarding/capsule.ts";
import { CONFIG_TEMPLATE } from "./onboarding/config.ts";
import { ISSUE_FORM } from "./onboarding/issue-form.ts";
import { WORKFLOW, WORKFLOW_PATH } from "./onboarding/workflow.ts";

export const CONFIG_PATH = ".github/modelwright.yml";

export const SETUP_BRANCH = "modelwright/setup";

export const SETUP_FILES: readonly {
	readonly path: string;
	readonly content: string;
}[] = [
	{ path: CONFIG_PATH, content: CONFIG_TEMPLATE },
	{ path: ".github/ISSUE_TEMPLATE/ml-task.yml", content: ISSUE_FORM },
	{
		path: ".phase0/capsules/example/capsule.yaml",
		content: CAPSULE_EXAMPLE,
	},
];

/** What only a person may add: an App that may write workflows may do anything. */
export const WORKFLOW_FILES: typeof SETUP_FILES = [
	{ path: WORKFLOW_PATH, content: WORKFLOW },
];

export const SETUP_TITLE = "Set up Modelwright";

/** `paths`: the files that the pull request really adds; `newFile`: where GitHub takes another one. */
export function setupBody(paths: readonly string[], newFile: string): string {
	const rows = SETUP_FILES.filter(({ path }) => paths.includes(path)).map(
		({ path }) => `| \`${path}\` | ${WHAT_FOR[path] ?? ""} |`,
	);
	return `Modelwright was installed here. Label an issue \`ml-task\` and it takes the task through twelve phases, from the question to a model card. It works without any of these files; they make it yours.

| file | what it is for |
|---|---|
${rows.join("\n")}

Change what you like, merge it, or close it: I will not offer this again.

**The label** is yours to make, once: *Issues → Labels → New label*, name it \`ml-task\`.

**Your own runners**, with your libraries and GPUs, are yours to offer: I may not write workflows, on purpose. [This adds the one I need](${newFile}?${prefilled}), word for word as below, and \`runner: actions\` in the configuration sends every job there. It has no secrets and may only read.

<details><summary><code>${WORKFLOW_PATH}</code></summary>

${fence(WORKFLOW, "yaml")}

</details>`;
}

const prefilled = new URLSearchParams({
	...{ filename: WORKFLOW_PATH, value: WORKFLOW },
});

const WHAT_FOR: Readonly<Record<string, string>> = {
	[CONFIG_PATH]:
		"budget, gates, models, paths; everything is commented out, so the defaults hold",
	".github/ISSUE_TEMPLATE/ml-task.yml":
		"an issue form that asks the five questions phase 1 would ask",
	".phase0/capsules/example/capsule.yaml":
		"a prepared task brief; an issue uses it with `--capsule example`",
};
