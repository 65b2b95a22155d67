// What an agent's conversation begins with, and keeps in front of every turn.
import type { Message, Prompt } from "../../model/messages.ts";
import type { Assignment } from "../assignment.ts";
import type { Manner } from "../manner.ts";
import { ROSTER } from "../roster.ts";
import { TOOLS } from "../tools/index.ts";
import type { World } from "../world.ts";
import { openConversation } from "./prompt.ts";

export interface FirstPrompt extends Prompt {
	readonly messages: readonly [Message];
}

export async function firstPrompt(
	assignment: Assignment,
	world: World,
	{ model, pack }: Manner,
): Promise<FirstPrompt> {
	const { max_tokens, effort } = ROSTER[assignment.role];
	const { system, message } = await openConversation(assignment, world, pack);
	return {
		...{ model, effort, system, tools: TOOLS },
		maxTokens: max_tokens,
		messages: [message],
	};
}
