// What the methods of data frames and arrays do to rows.
import { field } from "../node.ts";
import { changeInPlace } from "./bind.ts";
import { type Arguments, argumentsFor } from "./calls.ts";
import { combine, contentOf, type Datum, datum } from "./datum.ts";
import { groupMethod } from "./groups.ts";
import { invoke } from "./invoke.ts";
import { callMask } from "./masks.ts";
import type { MethodCall } from "./methods.ts";
import { aggregates, mixes, SAMPLES } from "./names.ts";
import { orderTaint, withTaint } from "./order.ts";
import { becomeRows, type Frame } from "./scope.ts";
import { divides, drop, sample } from "./selections.ts";
import { statisticOf } from "./taints.ts";

export function frameMethod(frame: Frame, called: MethodCall): Datum {
	const { owner, args } = called;
	const inPlace = /^True$/.test(args.texts.get("inplace") ?? "");
	const made = result(frame, called);
	if (!inPlace) return made;
	changeInPlace(owner, made);
	return datum();
}

function keysOf({ positional, named }: Arguments): string[] {
	const by = positional[0] ?? named.get("by");
	return [by, ...(by?.items ?? [])].flatMap((one) => one?.text ?? []);
}

const OF_COLUMNS = /^(fillna|interpolate|bfill|rank|shift|rolling)$/;

function result(frame: Frame, called: MethodCall): Datum {
	const { owner, object, name, args } = called;
	// `table["income"].median()`: what has such columns is a table.
	const column = owner.base && owner.columns && !owner.rows.length;
	if (column && (aggregates(name) || OF_COLUMNS.test(name)))
		becomeRows(frame, owner);
	if (!owner.rows.length) return unknownMethod(frame, called);
	if (name === "groupby")
		return { ...contentOf(owner), grouped: keysOf(args), base: undefined };
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
	if (/^(rolling|ewm|expanding)$/.test(name))
		return { ...contentOf(owner), single: true };
	if (name === "split") return contentOf(owner);
	if (name === "join" || name === "merge") return joined(owner, args);
	if (name === "shift") return shifted(owner, args);
	const results = [owner, ...args.all, ...applied(frame, called)];
	const all = combine(results.map(contentOf));
	return {
		...contentOf(owner),
		taints: all.taints,
		applied: all.applied,
		lacks: KEEPS_COLUMNS.test(name) ? owner.lacks : undefined,
	};
}

const KEEPS_COLUMNS =
	/^(dropna|fillna|reset_index|drop_duplicates|astype|sort_values|sort_index|replace|interpolate|query|copy|to_numpy|pipe)$/;

/** Each row gets what an earlier row had: no window over that reaches the present one. */
function shifted(owner: Datum, { positional, named }: Arguments): Datum {
	const periods = (positional[0] ?? named.get("periods"))?.number ?? 1;
	const taints = owner.taints.filter(
		({ kind, into }) => kind !== "window" || into !== undefined,
	);
	return { ...contentOf(owner), taints, shifted: periods > 0 };
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
