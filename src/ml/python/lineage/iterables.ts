// What pairs up, counts and walks through values.
import type { PyNode } from "../node.ts";
import { type Arguments, argumentsFor } from "./calls.ts";
import { combine, contentOf, type Datum, datum, elementOf } from "./datum.ts";
import { invoke } from "./invoke.ts";
import { type Segment, slice } from "./rows.ts";
import { type Frame, freshId } from "./scope.ts";
import { boundOf } from "./subscripts.ts";

export function zip(positional: readonly Datum[]): Datum {
	const items = positional.map(elementOf);
	const lists = positional.map((one) => one.items);
	const length = Math.max(0, ...lists.map((list) => list?.length ?? 0));
	const whole = combine(positional.map(contentOf));
	if (!length || length > 16)
		return { ...whole, each: { ...combine(items), items } };
	const rounds = Array.from({ length }, (_, i) => {
		const round = positional.map((one) => one.items?.[i] ?? elementOf(one));
		return { ...combine(round), items: round };
	});
	return { ...whole, items: rounds };
}

export function enumerate(only: Datum): Datum {
	const numbered = (one: Datum): Datum => ({
		...combine([one]),
		items: [datum(), one],
	});
	const items = only.items?.map(numbered);
	return {
		...contentOf(only),
		items,
		each: items?.length ? undefined : numbered(elementOf(only)),
	};
}

export function mapped(frame: Frame, args: Arguments, node: PyNode): Datum {
	const [mapper, ...rows] = args.positional;
	const each = rows.map(elementOf);
	const whole = combine(rows.map(contentOf));
	if (!mapper?.callee) return whole;
	const made = invoke(frame, mapper.callee, argumentsFor(each, node));
	return { ...combine([whole, made]), each: made };
}

/** Positions; `range(60, n)` are those of some rows. */
export function range(frame: Frame, node: PyNode): Datum {
	const given = node.children.at(-1)?.children ?? [];
	const [from, to] = given.length === 1 ? [undefined, given[0]] : given;
	const end = to && boundOf(frame, to);
	const start = from && boundOf(frame, from);
	// Up to the last row, or a window's length before it, is all rows.
	const open = !end || end.rows || /len\(|shape/.test(end.text);
	const isNumber = start?.number !== undefined;
	const segments: Segment[] =
		open && (!start || isNumber)
			? []
			: [
					slice(
						"",
						isNumber && (start.number ?? 0) < 200 ? undefined : start,
						open ? undefined : end,
					),
				];
	const plain = segments.filter((one) => one.from || one.to);
	return datum({ index: plain, each: datum({ index: plain }) });
}

export function shuffled(
	frame: Frame,
	{ positional: [only] }: Arguments,
): Datum {
	if (only?.rows.length && !only.counts) return contentOf(only);
	const id = `order${freshId(frame)}`;
	return datum({ index: [{ id, part: "shuffled" }] });
}
