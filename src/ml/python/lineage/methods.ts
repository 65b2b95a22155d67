// Methods of lists, dictionaries and notebooks; all others are those of rows.
import type { PyNode } from "../node.ts";
import { columnsOf } from "./attributes.ts";
import { appendTo } from "./bind.ts";
import type { Arguments } from "./calls.ts";
import { runCell } from "./cells.ts";
import {
	combine,
	contentOf,
	type Datum,
	datum,
	elementOf,
	stackData,
} from "./datum.ts";
import { ownTransformer } from "./estimators.ts";
import { backward } from "./evaluation.ts";
import { frameMethod } from "./frames.ts";
import { notePreference } from "./measures.ts";
import { noteOperation } from "./operations.ts";
import type { Frame } from "./scope.ts";
import { splitterParts } from "./splits.ts";

export interface MethodCall {
	readonly owner: Datum;
	/** The expression before the dot. */
	readonly object: PyNode;
	readonly name: string;
	readonly args: Arguments;
	readonly node: PyNode;
}

export function callMethod(frame: Frame, called: MethodCall): Datum {
	const { owner, name, args } = called;
	noteOperation(frame, called);
	notePreference(frame, [owner], name, called.node);
	const own = ownTransformer(frame, called);
	if (own) return own;
	switch (name) {
		case "append":
		case "add":
		case "insert":
			if (
				name === "append" &&
				owner.rows.length &&
				!owner.items &&
				isTable(args)
			)
				return stackData([owner, ...args.positional]);
			if (name === "add" && owner.rows.length) break;
			if (args.positional.length)
				appendTo(owner, args.positional.at(-1) ?? datum());
			return owner.rows.length ? datum() : owner;
		case "extend":
			for (const one of args.positional[0]?.items ?? args.positional)
				appendTo(owner, one);
			return datum();
		case "items":
			return pairs(owner);
		case "values":
			return owner.attrs
				? { ...contentOf(owner), items: [...owner.attrs.values()] }
				: contentOf(owner);
		case "keys":
			return datum({
				items: [...(owner.attrs?.keys() ?? [])].map((text) => datum({ text })),
			});
		case "get":
		case "pop":
			return lookUpKey(owner, name, args);
		case "copy":
			return { ...owner, base: undefined };
		case "to":
		case "cuda":
		case "cpu":
		case "float":
		case "double":
		case "half":
		case "train":
		case "eval":
		case "set_params":
		case "set_output":
			if (owner.estimator) return owner;
			break;
		case "backward":
			backward(frame, [owner, ...args.all], called.node);
			return datum();
		case "run_cell_magic":
			runCell(frame, called);
			return datum();
		case "split":
			if (
				args.all[0]?.rows.length &&
				!owner.rows.length &&
				owner.text === undefined
			)
				return splitterParts(frame, called.object.text, called);
			break;
	}
	return frameMethod(frame, called);
}

/** `df.append(other)` stacks tables; a list's append takes anything. */
function isTable({ positional }: Arguments): boolean {
	return Boolean(positional[0]?.rows.length);
}

function pairs(owner: Datum): Datum {
	if (!owner.attrs)
		return {
			...contentOf(owner),
			each: { ...contentOf(owner), items: [datum(), elementOf(owner)] },
		};
	const items = [...owner.attrs].map(([text, one]) =>
		datum({ items: [datum({ text }), one] }),
	);
	return { ...contentOf(owner), items };
}

function lookUpKey(
	owner: Datum,
	name: string,
	{ positional }: Arguments,
): Datum {
	const [key, fallback] = positional;
	if (key?.text !== undefined) {
		const known = owner.attrs?.get(key.text);
		if (known) return known;
		const column = key.text;
		if (owner.rows.length && name === "pop") {
			owner.lacks = owner.lacks?.concat(column);
			const popped = columnsOf(owner, [column]);
			owner.taints = owner.taints.filter(({ into }) => into !== column);
			return popped;
		}
		if (owner.rows.length) return columnsOf(owner, [column]);
	}
	return combine([contentOf(owner), ...(fallback ? [fallback] : [])]);
}
