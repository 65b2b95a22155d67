// What only a writer asks for: an edit of the change so far, or a trial of it.
import type { ToolCall } from "../../model/messages.ts";
import { type Edits, editedTree } from "../../workspace/edited-tree.ts";
import { EDIT_TOOLS } from "../tools/index.ts";
import { check, MOST_CHECKS, runChecks } from "../tools/run-checks.ts";
import type { Reading } from "../tools/tool.ts";
import type { World } from "../world.ts";
import type { Progress } from "./answer-calls.ts";
import { edit } from "./editing.ts";
import { fault, keyOf, type Memory } from "./reading.ts";
import { digestOf } from "./seen.ts";

export interface Answer {
	readonly call: ToolCall;
	readonly reading: Reading;
}

interface Written {
	readonly memory: Memory;
	readonly edits: Edits;
	readonly answer: Answer;
}

const MOST_EDITS = 100;

export const isWriting = (name: string) =>
	name === runChecks.name || EDIT_TOOLS.some((tool) => tool.name === name);

/** Must not throw; host paths and internals never reach the answer. */
export async function write(
	call: ToolCall,
	now: Progress,
	world: World,
	signal: AbortSignal,
): Promise<Written> {
	try {
		return call.name === runChecks.name
			? await tryOut(call, now, world, signal)
			: await change(call, now, world);
	} catch (error) {
		signal.throwIfAborted();
		world.log.error({ error, tool: call.name }, "a writing tool failed");
		return unchanged(
			now.memory,
			call,
			fault("E_FAILED", `${call.name} failed on this input; try another way`),
		);
	}
}

async function change(
	call: ToolCall,
	{ memory, edits, isShown }: Progress,
	{ tree, base = tree, run }: World,
): Promise<Written> {
	if (memory.edits >= MOST_EDITS)
		return unchanged(
			memory,
			call,
			fault(
				"E_BUDGET",
				`${MOST_EDITS} edits are all that one assignment allows; hand in what you have`,
			),
		);
	const { seen } = memory;
	const rules = run.config.paths;
	const done = await edit(call, { tree, base, edits, seen, isShown, rules });
	const counted = { ...memory, edits: memory.edits + 1 };
	const { path, content, reading } = done;
	if (path === undefined || content === undefined)
		return unchanged(counted, call, reading);
	const shown =
		done.keepsLines && content !== null ? { [path]: digestOf(content) } : {};
	return {
		// What was read may read otherwise now.
		memory: { ...counted, known: {}, seen: { ...seen, ...shown } },
		edits: { [path]: content },
		answer: { call, reading },
	};
}

async function tryOut(
	call: ToolCall,
	{ memory, edits }: Progress,
	{ tree, checks }: World,
	signal: AbortSignal,
): Promise<Written> {
	const input = runChecks.input.safeParse(call.input);
	if (!input.success)
		return unchanged(
			memory,
			call,
			fault("E_INPUT", 'give check as "tests" or "smoke"'),
		);
	if (!checks)
		return unchanged(memory, call, {
			ok: true,
			text: "not run: there is no runner here",
		});
	const key = keyOf(call);
	const before = memory.known[key];
	if (before !== undefined)
		return unchanged(memory, call, {
			ok: true,
			text: "Nothing was edited since the same check; see there.",
		});
	if (memory.checks >= MOST_CHECKS)
		return unchanged(
			memory,
			call,
			fault(
				"E_BUDGET",
				`${MOST_CHECKS} checks are all that one assignment allows; hand in your change, it is checked then`,
			),
		);
	const reading = await check(
		input.data.check,
		editedTree(tree, edits),
		checks,
		signal,
	);
	const known = { ...memory.known, [key]: memory.calls };
	const counted = { ...memory, known, checks: memory.checks + 1 };
	return unchanged(counted, call, reading);
}

const unchanged = (
	memory: Memory,
	call: ToolCall,
	reading: Reading,
): Written => ({ memory, edits: {}, answer: { call, reading } });
