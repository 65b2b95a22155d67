// All tools in one fixed order. Every role is offered the same list, because a
// different one would spoil the prompt cache the roles share; who may use what
// is decided when a call comes in.
import type { ToolDefinition } from "../../model/messages.ts";
import { create } from "./create.ts";
import { dataProfile } from "./data-profile.ts";
import { deleteFile } from "./delete-file.ts";
import { editCell } from "./edit-cell.ts";
import type { EditTool } from "./edit-tool.ts";
import { glob } from "./glob.ts";
import { grep } from "./grep.ts";
import { insert } from "./insert.ts";
import { map } from "./map.ts";
import { outline } from "./outline.ts";
import { runChecks } from "./run-checks.ts";
import { skill } from "./skill.ts";
import { strReplace } from "./str-replace.ts";
import { SUBMIT_TOOLS } from "./submit.ts";
import { definitionOf, type ReadingTool } from "./tool.ts";
import { view } from "./view.ts";

export const READING_TOOLS: readonly ReadingTool[] = [
	map,
	outline,
	view,
	grep,
	glob,
	dataProfile,
	skill,
];

export const EDIT_TOOLS: readonly EditTool[] = [
	strReplace,
	create,
	insert,
	deleteFile,
	editCell,
];

export const TOOLS: readonly ToolDefinition[] = [
	...READING_TOOLS.map(definitionOf),
	...EDIT_TOOLS.map(definitionOf),
	definitionOf(runChecks),
	...SUBMIT_TOOLS,
];
