// Reading calls of one conversation: permission, limits, repeats, faults as words.
import { z } from "zod";
import type { Log } from "../../model/log.ts";
import type { ToolCall } from "../../model/messages.ts";
import type { Tree } from "../../workspace/tree.ts";
import type { RoleCard } from "../roster.ts";
import { READING_TOOLS } from "../tools/index.ts";
import type { Reading } from "../tools/tool.ts";

/** What an agent has read so far; plain data that follows from its calls alone. */
export interface Memory {
	/** Reading calls so far, failed ones included. */
	readonly calls: number;
	/** Characters of results so far. */
	readonly characters: number;
	/** Successful reads by what was asked; the value is the call's number. */
	readonly known: Readonly<Record<string, number>>;
	/** Digests of the files a writer has viewed, as it last saw them. */
	readonly seen: Readonly<Record<string, string>>;
	/** Edits asked for, and checks run, so far. */
	readonly edits: number;
	readonly checks: number;
	/** The rules' faults in a change were told: that is done once. */
	readonly told?: boolean;
}

export const NOTHING_READ: Memory = {
	...{ calls: 0, characters: 0, edits: 0, checks: 0 },
	...{ known: {}, seen: {} },
};

/** About 40,000 tokens: beyond that, more reading makes answers worse. */
const MOST_CHARACTERS = 150_000;
/** No single result may fill the conversation, whatever a tool returns. */
const LONGEST_RESULT = 30_000;

export interface Reader {
	readonly role: RoleCard;
	readonly tree: Tree;
	/** The tool that ends the work, for messages that point to it. */
	readonly submit: string;
	readonly log: Log;
}

/** Must not throw; host paths and internals never reach the result. */
export async function read(
	call: ToolCall,
	number: number,
	memory: Memory,
	reader: Reader,
): Promise<Reading> {
	const { role, tree, submit } = reader;
	const names: readonly string[] = role.tools;
	const tool = READING_TOOLS.find(({ name }) => name === call.name);
	if (!tool || !names.includes(call.name))
		return fault(
			"E_FORBIDDEN",
			`${call.name} is not yours to use; you have ${names.join(", ")} and ${submit}`,
		);
	if (number > role.max_calls || memory.characters > MOST_CHARACTERS)
		return usedUp(submit);
	const input = tool.input.safeParse(call.input);
	if (!input.success)
		return fault(
			"E_INPUT",
			`${call.name} was called wrongly:\n${z.prettifyError(input.error)}`,
		);
	const before = memory.known[keyOf(call)];
	if (before !== undefined)
		return {
			ok: true,
			text: `Unchanged since your call #${before}, which asked the same; look there.`,
		};
	try {
		return tidy(await tool.read(tree, input.data), tree);
	} catch (error) {
		reader.log.error({ error, tool: call.name }, "a reading tool failed");
		return fault(
			"E_FAILED",
			`${call.name} failed on this input; try a narrower path or another tool`,
		);
	}
}

/** Of what was read side by side, in the order it was asked for, as much as one assignment allows. */
export function asMuchAsAllowed<A extends { readonly reading: Reading }>(
	{ characters: before }: Memory,
	answers: readonly A[],
	submit: string,
): A[] {
	let characters = before;
	return answers.map((answer) => {
		if (characters > MOST_CHARACTERS)
			return { ...answer, reading: usedUp(submit) };
		if (answer.reading.ok) characters += answer.reading.text.length;
		return answer;
	});
}

const usedUp = (submit: string) =>
	fault(
		"E_BUDGET",
		`you have read all that one assignment allows; call ${submit} now with what you know`,
	);

/** What is remembered of a turn's calls: `numbered` are its reads in order. */
export function remember(
	memory: Memory,
	reads: readonly { call: ToolCall; reading: Reading }[],
): Memory {
	const known = { ...memory.known };
	let { calls, characters } = memory;
	for (const { call, reading } of reads) {
		calls++;
		if (!reading.ok) continue;
		characters += reading.text.length;
		known[keyOf(call)] ??= calls;
	}
	return { ...memory, calls, characters, known };
}

export const keyOf = (call: ToolCall) =>
	`${call.name} ${JSON.stringify(call.input)}`;

export const fault = (code: string, message: string): Reading => ({
	ok: false,
	code,
	message,
});

function tidy(reading: Reading, tree: Tree): Reading {
	if (!reading.ok)
		return { ...reading, message: reading.message.replaceAll(tree.root, ".") };
	const text = reading.text || "(nothing)";
	return text.length <= LONGEST_RESULT
		? { ok: true, text }
		: {
				ok: true,
				text: `${text.slice(0, LONGEST_RESULT)}\n[cut here; ask for less at once]`,
			};
}
