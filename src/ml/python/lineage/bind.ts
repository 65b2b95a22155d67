// Names, fields and cells get their values.
import { field, fields, type PyNode } from "../node.ts";
import { addTaints, combine, type Datum, datum, elementOf } from "./datum.ts";
import { evaluate } from "./expressions.ts";
import { choose, wholeOf } from "./rows.ts";
import { becomeRows, type Frame, freshId, setName } from "./scope.ts";
import { intoColumn } from "./taints.ts";

export function bind(frame: Frame, target: PyNode, given: Datum): void {
	switch (target.type) {
		case "identifier":
			setName(frame, target.text, given);
			return;
		case "pattern_list":
		case "tuple_pattern":
		case "list_pattern":
		case "tuple":
		case "list":
			bindItems(frame, target.children, given);
			return;
		case "list_splat_pattern":
		case "parenthesized_expression":
		case "as_pattern_target":
			if (target.children[0]) bind(frame, target.children[0], given);
			return;
		case "subscript":
			bindCell(frame, target, given);
			return;
		case "attribute":
			bindField(frame, target, given);
			return;
	}
}

function bindItems(
	frame: Frame,
	targets: readonly PyNode[],
	given: Datum,
): void {
	const items = given.items ?? given.each?.items;
	// A shape nobody knows: every name gets its own value with all of the content.
	const spare = () => (given.each ? { ...given.each } : elementOf(given));
	const named = items?.length ? undefined : sidesOf(frame, targets, given);
	for (const [index, target] of targets.entries()) {
		const item = items?.length ? items[index] : (named?.[index] ?? spare());
		bind(frame, target, item ?? datum());
	}
}

const SIDES: readonly [string, RegExp][] = [
	["train", /train|trn|^[xy]_?tr$/i],
	["test", /test|tst|hold|^[xy]_?te$/i],
	["val", /val|dev/i],
];

/** `X_train, X_test = prepare(rows)`: a function nobody knows has divided them. */
function sidesOf(
	frame: Frame,
	targets: readonly PyNode[],
	given: Datum,
): Datum[] | undefined {
	const sides = targets.map(
		({ text }) => SIDES.find(([, sign]) => sign.test(text))?.[0],
	);
	if (
		!given.rows.length ||
		new Set(sides).size < 2 ||
		sides.includes(undefined)
	)
		return undefined;
	const id = `named${freshId(frame)}`;
	return sides.map((part = "") => ({
		...given,
		rows: choose(given.rows, [{ id, part }]),
	}));
}

const VIEW = /^(loc|iloc|at|iat|ix|values|T|flat|data)$/;

/** `df["rate"] = …`, `df.loc[mask, "rate"] = …`, `X[:, 1:3] = …`, `results[name] = …`. */
function bindCell(frame: Frame, target: PyNode, given: Datum): void {
	const base = field(target, "value");
	if (!base) return;
	const keys = fields(target, "subscript").map((key) => evaluate(frame, key));
	const { holder, column } = holderOf(frame, base);
	const text = keys.at(-1)?.text ?? column;
	const names = keys.at(-1)?.items?.flatMap(({ text }) => text ?? []);
	if (isContainer(holder) || (!holder.rows.length && isShaped(given))) {
		if (text !== undefined) {
			holder.attrs ??= new Map();
			holder.attrs.set(text, given);
		} else holder.each = given;
		return;
	}
	if (!holder.rows.length && given.rows.length)
		holder.rows = wholeOf(given.rows);
	const whole = keys.length === 1 && keys[0]?.text !== undefined;
	if (names?.length)
		for (const name of names) write(holder, given, name, whole);
	else write(holder, given, text, whole && column === undefined);
}

function isContainer({ attrs, rows, items }: Datum): boolean {
	return Boolean(attrs && !rows.length) || Boolean(items && !rows.length);
}

function isShaped(given: Datum): boolean {
	return Boolean(
		given.estimator || given.callee || given.attrs || given.text !== undefined,
	);
}

/** The table whose cells are meant by `df["a"].loc`, `df.loc`, `self.data["a"]`. */
function holderOf(
	frame: Frame,
	node: PyNode,
): { holder: Datum; column?: string | undefined } {
	if (node.type === "attribute") {
		const [object, name] = [field(node, "object"), field(node, "attribute")];
		if (object && name) {
			const inner = VIEW.test(name.text)
				? holderOf(frame, object)
				: ownerOf(frame, object, name.text);
			if (inner) return inner;
		}
	}
	if (node.type === "subscript") {
		const value = field(node, "value");
		const key = fields(node, "subscript").at(-1);
		const inner = value && holderOf(frame, value);
		if (inner?.holder.rows.length) {
			const column = key ? evaluate(frame, key).text : undefined;
			return { holder: inner.holder, column: column ?? inner.column };
		}
	}
	const holder = evaluate(frame, node);
	const isView = holder.base && node.type !== "identifier";
	return { holder: (isView && holder.base) || holder };
}

function ownerOf(frame: Frame, object: PyNode, name: string) {
	const owner = evaluate(frame, object);
	const known = owner.attrs?.get(name);
	if (known) return { holder: known };
	return owner.rows.length ? { holder: owner, column: name } : undefined;
}

/** The value goes into a column of the rows; what stood in it before is gone when `whole`. */
export function write(
	holder: Datum,
	given: Datum,
	into?: string,
	whole = false,
): void {
	const before = whole
		? holder.taints.filter((taint) => taint.into !== into)
		: holder.taints;
	const known = new Set(holder.taints);
	const added = addTaints(given.taints, given.aggregates)
		.filter((taint) => !known.has(taint) || taint.into === into)
		.map((taint) => intoColumn(taint, into));
	holder.taints = addTaints(before, added);
	if (given.applied) holder.applied = given.applied;
}

function bindField(frame: Frame, target: PyNode, given: Datum): void {
	const [object, name] = [field(target, "object"), field(target, "attribute")];
	if (!object || !name) return;
	const owner = evaluate(frame, object);
	if (owner.rows.length && !owner.attrs) {
		// `df.columns = …` and `df.index = …` name things; `df.rate = …` is a column.
		if (!/^(columns|index|name|shape|dtype)$/.test(name.text))
			write(owner, given, name.text, true);
		return;
	}
	owner.attrs ??= new Map();
	owner.attrs.set(name.text, given);
}

/** `del df["rate"]`: what was written into the column is gone. */
export function drop(frame: Frame, target: PyNode): void {
	const [base, key] = [field(target, "value"), field(target, "subscript")];
	if (!base || !key) return;
	const holder = becomeRows(frame, evaluate(frame, base));
	const { text } = evaluate(frame, key);
	if (text === undefined) return;
	holder.taints = holder.taints.filter(({ into }) => into !== text);
	holder.lacks = holder.lacks?.concat(text);
}

/** What a method called with inplace=True does to the table it was called on. */
export function changeInPlace(owner: Datum, made: Datum): void {
	const [only] = owner.columns ?? [];
	if (owner.base) write(owner.base, made, only);
	owner.rows = made.rows.length ? made.rows : owner.rows;
	owner.taints = made.taints;
	owner.lacks = made.lacks;
}

export function appendTo(holder: Datum, given: Datum): void {
	const isRows = given.rows.length && !given.estimator;
	holder.items = [...(holder.items ?? []), given].slice(-64);
	const all = combine([holder, given]);
	if (isRows && !holder.rows.length) holder.rows = wholeOf(given.rows);
	holder.taints = all.taints;
	holder.aggregates = all.aggregates;
	holder.measures = all.measures;
	holder.applied = all.applied;
}
