// All tools in one fixed order. Every role is offered the same list, because a
// different one would spoil the prompt cache the roles share; who may use what
// is decided when a call comes in.
import type { ToolDefinition } from "../../model/messages.ts";
import { dataProfile } from "./data-profile.ts";
import { glob } from "./glob.ts";
import { grep } from "./grep.ts";
import { outline } from "./outline.ts";
import { skill } from "./skill.ts";
import { SUBMIT_TOOLS } from "./submit.ts";
import { definitionOf, type ReadingTool } from "./tool.ts";
import { view } from "./view.ts";

export const READING_TOOLS: readonly ReadingTool[] = [
	outline,
	view,
	grep,
	glob,
	dataProfile,
	skill,
];

export const TOOLS: readonly ToolDefinition[] = [
	...READING_TOOLS.map(definitionOf),
	...SUBMIT_TOOLS,
];
