// Where a long turn needs one more cache mark. The service looks back only so
// many blocks from a mark; past that it would not find the conversation so far
// and would take all of it in anew.
import type { Message, Prompt, UserBlock } from "./messages.ts";

/** With a little room, for the service counts the marked block itself. */
const LOOK_BACK = 18;
/** All marks of a request, the automatic one at its end included. */
const MOST_MARKS = 4;

/** Marks the place where the request before this one ended, if it is out of sight. */
export function withMarks(prompt: Prompt): readonly Message[] {
	const { messages } = prompt;
	const before = messages.findLastIndex(
		({ role }, at) => role === "user" && at < messages.length - 1,
	);
	const since = messages.slice(before + 1).flatMap(blocksOf);
	if (before < 0 || since.length <= LOOK_BACK) return messages;
	if (countMarks(prompt) >= MOST_MARKS - 1) return messages;
	return messages.with(before, marked(messages[before] as Message));
}

function marked(message: Message): Message {
	const blocks = blocksOf(message) as UserBlock[];
	const last = blocks.at(-1);
	if (!last) return message;
	return {
		role: "user",
		content: blocks.with(-1, { ...last, cache_control: { type: "ephemeral" } }),
	};
}

const blocksOf = ({ content }: Message) =>
	typeof content === "string"
		? [{ type: "text" as const, text: content }]
		: content;

const countMarks = ({ tools, system, messages }: Prompt): number =>
	[...tools, ...system, ...messages.flatMap(blocksOf)].filter(
		(block) => "cache_control" in block && block.cache_control,
	).length;
