// Rows by category: a number for each.
import { argumentsFor } from "./calls.ts";
import { addTaints, contentOf, type Datum, datum } from "./datum.ts";
import { invoke } from "./invoke.ts";
import type { MethodCall } from "./methods.ts";
import { aggregates } from "./names.ts";
import { orderTaint, withTaint } from "./order.ts";
import type { Frame } from "./scope.ts";
import { looked } from "./taints.ts";

const COUNTS =
	/^(size|ngroup|cumcount|ngroups|groups|indices|head|tail|first|last|nth|filter)$/;

export function groupMethod(frame: Frame, called: MethodCall): Datum {
	const { owner, name, args, node } = called;
	const taint = looked(frame, owner, node, `groupby.${name}`, "group");
	const order = orderTaint(called);
	if (order)
		return {
			...withTaint(frame, called, order),
			single: true,
			grouped: undefined,
		};
	if (/^(rolling|ewm|expanding)$/.test(name))
		return { ...contentOf(owner), grouped: undefined, single: true };
	if (name === "shift")
		return { ...contentOf(owner), grouped: undefined, shifted: true };
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
	const entities = owner.grouped?.length && owner.grouped.every(isIdentity);
	// One row for each patient or shop: new rows, each about itself.
	if (entities && aggregates(name))
		return { ...contentOf(owner), grouped: undefined };
	if (aggregates(name) || /^(first|last|apply|pipe)$/.test(name))
		return datum({ aggregates: [taint] });
	return contentOf(owner);
}

const isIdentity = (column: string) => /(^|_)id$|[a-z](Id|ID)$/i.test(column);

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
