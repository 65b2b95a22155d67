// `modelwright skills`: what a repository and a task speak for, with reasons. A role
// adds its usual ones where these are fewer than three.
import { stat } from "node:fs/promises";
import { proposeFor } from "../../agents/prompt/skill-list.ts";
import { SKILLS } from "../../skills/catalog.ts";
import { skillTable } from "../../skills/skill-table.ts";
import { folderTree } from "../../workspace/tree.ts";

/** False when the folder cannot be read. */
export async function skills(
	folder: string,
	{ task, table }: { readonly task: string; readonly table: boolean },
	say: (line: string) => void,
): Promise<boolean> {
	if (table) {
		say(skillTable());
		return true;
	}
	const found = await stat(folder).catch(() => undefined);
	if (!found?.isDirectory()) {
		say(`${folder} is not a folder; name a checkout of the repository.`);
		return false;
	}
	const proposals = await proposeFor(await folderTree(folder), task);
	for (const { skill, reasons } of proposals)
		say(`${skill.name}: ${reasons.join("; ")}`);
	if (proposals.length === 0)
		say(
			`None of the ${SKILLS.length} skills speaks for itself: no import and no word of the task points to one. Describe the task with --task "…".`,
		);
	return true;
}
