// All tool calls of one turn, answered together, as plain data for the journal.
import type { ToolCall, ToolResult } from "../model/messages.ts";
import type { Assignment } from "./assignment.ts";
import { judge } from "./judge.ts";
import { keyOf, type Memory, read, remember } from "./reading.ts";
import { ROSTER } from "./roster.ts";
import { sideBySide } from "./side-by-side.ts";
import { submitTool } from "./tools/submit.ts";
import type { Reading } from "./tools/tool.ts";
import type { World } from "./world.ts";

export interface Answered {
	readonly results: readonly ToolResult[];
	readonly memory: Memory;
	/** The accepted submission, corrected where code may correct it. */
	readonly accepted?: { readonly submission: unknown };
	/** A submission was handed in and sent back. */
	readonly refused: boolean;
}

const READS_AT_ONCE = 4;

/** Must not throw. */
export async function answerCalls(
	calls: readonly ToolCall[],
	memory: Memory,
	assignment: Assignment,
	world: World,
): Promise<Answered> {
	const submit = submitTool(assignment.submit);
	const handedIn = calls.find(({ name }) => name === submit);
	const judgement =
		handedIn && (await judge(assignment.submit, handedIn.input, world));
	if (judgement?.ok)
		return {
			results: [],
			memory,
			accepted: { submission: judgement.submission },
			refused: false,
		};
	const reads = await readAll(
		calls.filter(({ name }) => name !== submit),
		memory,
		assignment,
		world,
	);
	const results = calls.map((call): ToolResult => {
		const done = reads.find((one) => one.call === call);
		if (done) return resultOf(call, done.reading);
		if (call === handedIn && judgement)
			return refusal(
				call,
				`Not accepted yet. Mend these and call ${submit} again:\n${judgement.faults}`,
			);
		return refusal(call, "Only the first submission of a turn is looked at.");
	});
	return {
		results,
		memory: remember(memory, reads),
		refused: judgement !== undefined,
	};
}

/** Reads side by side; the same read twice in one turn is done once. */
async function readAll(
	calls: readonly ToolCall[],
	memory: Memory,
	{ role, submit }: Assignment,
	{ tree, log }: World,
): Promise<{ call: ToolCall; reading: Reading }[]> {
	const reader = {
		role: ROSTER[role],
		tree,
		submit: submitTool(submit),
		log,
	};
	const keys = calls.map(keyOf);
	const numbered = calls.map((call, i) => {
		const first = keys.indexOf(keys[i] as string);
		const known =
			first < i
				? { ...memory.known, [keys[i] as string]: memory.calls + first + 1 }
				: memory.known;
		return { call, number: memory.calls + i + 1, memory: { ...memory, known } };
	});
	return sideBySide(numbered, READS_AT_ONCE, async (one) => ({
		call: one.call,
		reading: await read(one.call, one.number, one.memory, reader),
	}));
}

const resultOf = ({ id }: ToolCall, reading: Reading): ToolResult =>
	reading.ok
		? { type: "tool_result", tool_use_id: id, content: reading.text }
		: {
				type: "tool_result",
				tool_use_id: id,
				is_error: true,
				content: `${reading.code}: ${reading.message}`,
			};

const refusal = ({ id }: ToolCall, content: string): ToolResult => ({
	type: "tool_result",
	tool_use_id: id,
	is_error: true,
	content,
});
