// Methods of lists, dictionaries, arrays and data frames, by name.
import { field, type PyNode } from "../node.ts";
import { appendTo, changeInPlace } from "./bind.ts";
import { type Arguments, argumentsFor } from "./calls.ts";
import { runCell } from "./cells.ts";
import {
	addTaints,
	combine,
	contentOf,
	type Datum,
	datum,
	elementOf,
	stackData,
} from "./datum.ts";
import { ownTransformer } from "./estimators.ts";
import { columnsOf } from "./expressions.ts";
import { invoke } from "./invoke.ts";
import { backward } from "./library.ts";
import { callMask } from "./masks.ts";
import { aggregates, mixes, SAMPLES } from "./names.ts";
import { noteOperation } from "./operations.ts";
import type { TaintKind } from "./record.ts";
import { choose, covers, not } from "./rows.ts";
import { becomeRows, type Frame, freshId } from "./scope.ts";
import { splitterParts } from "./splits.ts";
import { looked, statisticOf } from "./taints.ts";

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
			return lookUpKey(owner, args);
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

function lookUpKey(owner: Datum, { positional }: Arguments): Datum {
	const [key, fallback] = positional;
	if (key?.text !== undefined) {
		const known = owner.attrs?.get(key.text);
		if (known) return known;
		if (owner.rows.length) return columnsOf(owner, [key.text]);
	}
	return combine([contentOf(owner), ...(fallback ? [fallback] : [])]);
}

function frameMethod(frame: Frame, called: MethodCall): Datum {
	const { owner, args } = called;
	const inPlace = /^True$/.test(args.texts.get("inplace") ?? "");
	const made = result(frame, called);
	if (!inPlace) return made;
	changeInPlace(owner, made);
	return datum();
}

function result(frame: Frame, called: MethodCall): Datum {
	const { owner, object, name, args } = called;
	if (!owner.rows.length) return unknownMethod(frame, called);
	if (name === "groupby")
		return { ...contentOf(owner), grouped: true, base: undefined };
	if (owner.grouped) return groupMethod(frame, called);
	const mask = callMask(object, name, args.node);
	if (mask) {
		// `df["id"].isin(train_ids)`: the ids have been divided themselves.
		const ids = args.all.find(({ rows }) => rows.length);
		const own = ids && divides(owner, ids);
		return { ...contentOf(owner), index: own ?? mask };
	}
	if (owner.single) return contentOf(owner);
	if (SAMPLES.has(name)) return sample(frame, called);
	if (name === "drop") return drop(owner, args);
	if (aggregates(name)) return aggregate(frame, called);
	const mixed = mixes(name);
	if (mixed) return withTaint(frame, called, mixed);
	const order = orderTaint(called);
	// What is asked of a window is asked of few rows.
	if (order) return { ...withTaint(frame, called, order), single: true };
	if (name === "split") return contentOf(owner);
	if (name === "join" || name === "merge") return joined(owner, args);
	const results = [owner, ...args.all, ...applied(frame, called)];
	const all = combine(results.map(contentOf));
	return { ...contentOf(owner), taints: all.taints, applied: all.applied };
}

/** The rows of `part` as choices among the rows of the column, where they are its rows. */
function divides(owner: Datum, part: Datum) {
	const [whole] = owner.rows;
	const [chosen] = part.rows;
	if (!whole || !chosen || part.rows.length > 1) return undefined;
	if (whole.root !== chosen.root) return undefined;
	const more = chosen.segments.slice(whole.segments.length);
	return covers(owner.rows, part.rows) && more.length ? more : undefined;
}

function joined(owner: Datum, args: Arguments): Datum {
	const all = combine([owner, ...args.all].map(contentOf));
	return { ...contentOf(owner), taints: all.taints, columns: undefined };
}

const ROW_WISE = /^(1|"columns"|'columns'|-1)$/;

function aggregate(
	frame: Frame,
	{ owner, name, args, node }: MethodCall,
): Datum {
	const axis = args.texts.get("axis") ?? "";
	if (ROW_WISE.test(axis)) return contentOf(owner);
	return statisticOf(frame, owner, node, name);
}

const COUNTS =
	/^(size|ngroup|cumcount|ngroups|groups|indices|head|tail|first|last|nth|shift|filter)$/;

function groupMethod(frame: Frame, called: MethodCall): Datum {
	const { owner, name, args, node } = called;
	const taint = looked(frame, owner, node, `groupby.${name}`, "group");
	if (COUNTS.test(name)) return { ...contentOf(owner), grouped: undefined };
	const functions = args.all.filter(({ callee }) => callee);
	if (functions.length && functions.every((one) => !looks(frame, called, one)))
		return { ...contentOf(owner), grouped: undefined };
	// A number per category stands beside each row …
	if (BESIDE.test(name) && !ORDERED.test(args.node.text)) {
		const taints = addTaints(owner.taints, [taint]);
		return { ...contentOf(owner), grouped: undefined, taints };
	}
	// … or in a table of its own, from where it is looked up.
	if (aggregates(name) || /^(first|last|apply|pipe)$/.test(name))
		return datum({ aggregates: [taint] });
	return contentOf(owner);
}

const BESIDE = /^(transform|rank|pct_change|apply)$/;
const ORDERED = /shift|expanding|cum|rolling/;

/** Whether a function, given the rows of a category, makes one number of many. */
function looks(
	frame: Frame,
	{ owner, args }: MethodCall,
	{ callee }: Datum,
): boolean {
	if (!callee) return true;
	const before = new Set([...owner.taints, ...owner.aggregates]);
	const whole = { ...contentOf(owner), grouped: undefined };
	const made = invoke(frame, callee, argumentsFor([whole], args.node));
	return [...made.taints, ...made.aggregates].some((one) => !before.has(one));
}

function withTaint(
	frame: Frame,
	{ owner, name, args, node }: MethodCall,
	kind: TaintKind,
): Datum {
	const shown = args.positional[0] === undefined ? "" : args.node.text;
	const title = kind === "ahead" ? `${name}${shown}` : name;
	const taint = looked(frame, owner, node, title, kind);
	return { ...contentOf(owner), taints: addTaints(owner.taints, [taint]) };
}

/** Methods that look along the order of rows. */
function orderTaint({ name, args }: MethodCall): TaintKind | undefined {
	const [first] = args.positional;
	const periods = first?.number ?? args.named.get("periods")?.number;
	if (/^(shift|diff|pct_change)$/.test(name))
		return periods !== undefined && periods < 0 ? "ahead" : undefined;
	if (/^(rolling|ewm|expanding)$/.test(name))
		return args.texts.get("center") === "True" ? "centred" : "window";
	const method = args.named.get("method")?.text;
	if (name === "fillna" && /^b(ack)?fill$/.test(method ?? ""))
		return "backfill";
	return undefined;
}

function sample(frame: Frame, { owner, name, args }: MethodCall): Datum {
	const fraction = args.named.get("frac")?.number ?? 0;
	if (name === "sample" && fraction >= 1) return contentOf(owner);
	const all = args.texts.has("n") || args.texts.has("frac") || args.all.length;
	const looks = /^(head|tail)$/.test(name);
	if (!all && !looks) return contentOf(owner);
	const id = `sample${freshId(frame)}`;
	return {
		...contentOf(owner),
		rows: choose(owner.rows, [{ id, part: "taken" }]),
	};
}

/** `df.drop(train.index)` leaves the rest of the rows; `df.drop("rate", axis=1)` all of them. */
function drop(owner: Datum, { positional, named }: Arguments): Datum {
	const given = named.get("columns") ?? named.get("labels") ?? positional[0];
	const last = given?.index?.at(-1);
	if (given?.rows.length && last) {
		const before = given.index?.slice(0, -1) ?? [];
		const left = owner.rows.flatMap((path) => {
			const known = path.segments.length;
			return choose([path], [...before.slice(known), not(last)]);
		});
		return { ...contentOf(owner), rows: left };
	}
	const names = new Set([
		...(given?.text === undefined ? [] : [given.text]),
		...(given?.items?.flatMap(({ text }) => text ?? []) ?? []),
	]);
	return {
		...contentOf(owner),
		taints: owner.taints.filter(({ into }) => !into || !names.has(into)),
		columns: owner.columns?.filter((column) => !names.has(column)),
	};
}

/** `df["age"].apply(lambda a: …)`: what the function brings along. */
function applied(
	frame: Frame,
	{ owner, name, args, node }: MethodCall,
): Datum[] {
	return args.all.flatMap((one) => {
		if (!one.callee || one.callee.node.type === "class_definition") return [];
		const whole =
			name === "apply" &&
			!ROW_WISE.test(args.texts.get("axis") ?? "") &&
			owner.columns?.length !== 1;
		// A function of single values sees no other row.
		const given = whole ? contentOf(owner) : { ...contentOf(owner), rows: [] };
		const list = field(node, "arguments") ?? node;
		const { taints, aggregates } = invoke(
			frame,
			one.callee,
			argumentsFor([given], list),
		);
		return [datum({ taints, aggregates })];
	});
}

const COUNTING = /^(value_counts|count)$/;

/** A method of something unknown: what it was given, it gives. */
function unknownMethod(frame: Frame, { owner, name, args }: MethodCall): Datum {
	if (owner.items && /^(reverse|sort|clear|remove)$/.test(name)) return datum();
	const all = combine([contentOf(owner), ...args.all.map(contentOf)]);
	if (all.rows.length) return { ...all, columns: undefined };
	// How many values there are says little about any of them.
	if (
		aggregates(name) &&
		owner.aggregates.every(({ name }) => COUNTING.test(name))
	)
		return datum();
	const keeps = owner.aggregates.length || owner.taints.length;
	if (keeps) return all;
	// `df.dropna()` of an unknown table is that table.
	const plain = !owner.estimator && !owner.external && owner.text === undefined;
	if (
		plain &&
		/^(dropna|fillna|reset_index|set_index|astype|drop|copy|reshape|sort_values|drop_duplicates|rename|replace|values|loc|head|merge|sample|groupby)$/.test(
			name,
		)
	) {
		becomeRows(frame, owner);
		return { ...contentOf(owner) };
	}
	return datum({ items: owner.items });
}
