// Reading calls that follow each other, side by side.
import type { ToolCall } from "../../model/messages.ts";
import { editedTree } from "../../workspace/edited-tree.ts";
import { locate } from "../../workspace/reading/reading.ts";
import type { Tree } from "../../workspace/tree.ts";
import type { Assignment } from "../assignment.ts";
import { ROSTER } from "../roster.ts";
import { submitTool } from "../tools/submit.ts";
import type { World } from "../world.ts";
import type { Progress } from "./answer-calls.ts";
import type { Answer } from "./answer-writing.ts";
import {
	asMuchAsAllowed,
	keyOf,
	type Memory,
	read,
	remember,
} from "./reading.ts";
import { digestOf } from "./seen.ts";
import { sideBySide } from "./side-by-side.ts";

const READS_AT_ONCE = 4;

/** The same read twice in one turn is done once. */
export async function readAll(
	calls: readonly ToolCall[],
	{ memory, edits }: Progress,
	{ role, submit }: Assignment,
	world: World,
): Promise<{ memory: Memory; answers: Answer[] }> {
	const tree = editedTree(world.tree, edits);
	const card = ROSTER[role];
	const reader = {
		...{ role: card, tree, submit: submitTool(submit) },
		log: world.log,
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
	const done = await sideBySide(numbered, READS_AT_ONCE, async (one) => ({
		call: one.call,
		reading: await read(one.call, one.number, one.memory, reader),
	}));
	const answers = asMuchAsAllowed(memory, done, reader.submit);
	const seen = card.tools.includes("str_replace")
		? await seenIn(answers, tree)
		: {};
	return {
		memory: {
			...remember(memory, answers),
			seen: { ...memory.seen, ...seen },
		},
		answers,
	};
}

/** The files that were shown, as they now are: what may be edited. */
async function seenIn(answers: readonly Answer[], tree: Tree) {
	const seen: Record<string, string> = {};
	for (const { call, reading } of answers) {
		if (call.name !== "view" || !reading.ok) continue;
		const { path: asked } = Object(call.input) as { path: string };
		const place = await locate(tree, asked);
		if (!place.ok || place.kind !== "file") continue;
		seen[place.path] = digestOf((await tree.text(place.path)) ?? "");
	}
	return seen;
}
