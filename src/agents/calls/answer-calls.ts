// All tool calls of one turn, answered together, as plain data for the journal:
// in the order they were made, but reads that follow each other side by side.
import type { ToolCall, ToolResult } from "../../model/messages.ts";
import type { ChangeSubmission } from "../../reports/change.ts";
import type { Edits } from "../../workspace/edited-tree.ts";
import type { Assignment } from "../assignment.ts";
import { ROSTER } from "../roster.ts";
import { submitTool } from "../tools/submit.ts";
import type { World } from "../world.ts";
import { type Answer, isWriting, write } from "./answer-writing.ts";
import { judge } from "./judge.ts";
import { readAll } from "./read-all.ts";
import type { Memory } from "./reading.ts";
import { ruleFaults } from "./rule-faults.ts";

/** What a conversation has come to before this turn. */
export interface Progress {
	readonly memory: Memory;
	readonly edits: Edits;
	/** What the prompt itself shows of the repository. */
	readonly isShown: (path: string) => boolean;
}

export interface Answered {
	readonly results: readonly ToolResult[];
	readonly memory: Memory;
	/** What this turn edited, on top of what was edited before. */
	readonly edits: Edits;
	/** The accepted submission, corrected where code may correct it. */
	readonly accepted?: { readonly submission: unknown };
	/** A submission was handed in and sent back. */
	readonly refused: boolean;
}

/** Must not throw. */
export async function answerCalls(
	calls: readonly ToolCall[],
	before: Progress,
	assignment: Assignment,
	world: World,
	signal: AbortSignal,
): Promise<Answered> {
	const submit = submitTool(assignment.submit);
	const role = ROSTER[assignment.role];
	const results: ToolResult[] = [];
	let { memory } = before;
	let edits: Edits = {};
	let [handedIn, refused, editFailed] = [false, false, false];

	for (const group of inGroups(calls, (call) => kindOf(call, submit, role))) {
		const now = { ...before, memory, edits: { ...before.edits, ...edits } };
		const [call] = group.calls;
		if (group.kind === "read" || !call) {
			const read = await readAll(group.calls, now, assignment, world);
			memory = read.memory;
			results.push(...read.answers.map(resultOf));
		} else if (group.kind === "write") {
			const written = await write(call, now, world, signal);
			memory = written.memory;
			edits = { ...edits, ...written.edits };
			editFailed ||= !written.answer.reading.ok;
			results.push(resultOf(written.answer));
		} else if (handedIn) {
			results.push(
				refusal(call, "Only the first submission of a turn is looked at."),
			);
		} else if (editFailed) {
			handedIn = true;
			results.push(
				refusal(
					call,
					`Not looked at: a call before it failed. Mend that, then call ${submit} again.`,
				),
			);
		} else {
			handedIn = true;
			const judged = await judge(
				assignment.submit,
				call.input,
				world,
				now.edits,
			);
			const broken =
				judged.ok && assignment.submit === "change" && !memory.told
					? await ruleFaults(judged.submission as ChangeSubmission, world)
					: [];
			if (broken.length > 0) {
				refused = true;
				memory = { ...memory, told: true };
				results.push(refusal(call, rulesSay(broken, submit)));
			} else if (judged.ok) {
				const accepted = { submission: judged.submission };
				return { results: [], memory, edits, accepted, refused: false };
			} else {
				refused = true;
				results.push(
					refusal(
						call,
						`Not accepted yet. Mend these and call ${submit} again:\n${judged.faults}`,
					),
				);
			}
		}
	}
	return { results, memory, edits, refused };
}

const rulesSay = (faults: readonly string[], submit: string) =>
	`Not accepted yet. Our rules find this in your change and not in the code before it:
${faults.map((fault) => `- ${fault}`).join("\n")}
Mend it and call ${submit} again. Where it is right as it stands, say so in a comment on the line, # modelwright: ignore[RULE] and the reason. This is said once.`;

type Kind = "read" | "write" | "submit";

/** What a role may not use is answered where reads are, in words. */
const kindOf = (
	{ name }: ToolCall,
	submit: string,
	{ tools }: { readonly tools: readonly string[] },
): Kind =>
	name === submit
		? "submit"
		: isWriting(name) && tools.includes(name)
			? "write"
			: "read";

/** Reads in a row are one group, every other call is one of its own. */
function inGroups(
	calls: readonly ToolCall[],
	kind: (call: ToolCall) => Kind,
): { kind: Kind; calls: ToolCall[] }[] {
	const groups: { kind: Kind; calls: ToolCall[] }[] = [];
	for (const call of calls) {
		const last = groups.at(-1);
		const mine = kind(call);
		if (mine === "read" && last?.kind === "read") last.calls.push(call);
		else groups.push({ kind: mine, calls: [call] });
	}
	return groups;
}

const resultOf = ({ call, reading }: Answer): ToolResult =>
	reading.ok
		? { type: "tool_result", tool_use_id: call.id, content: reading.text }
		: refusal(call, `${reading.code}: ${reading.message}`);

const refusal = ({ id }: ToolCall, content: string): ToolResult => ({
	type: "tool_result",
	tool_use_id: id,
	is_error: true,
	content,
});
