// `total[row["region"]] += row["churned"]`: a statistic per category grows.
import { field, fields, type PyNode } from "../node.ts";
import { bind } from "./assign.ts";
import { evaluate } from "./expressions.ts";
import type { CodePlace, Statistic } from "./flow.ts";
import { type Frame, freshId, placeOf } from "./frame.ts";
import { type Cell, combine, type Value } from "./value.ts";
import { write } from "./writes.ts";

/**
 * An augmented assignment, or a plain one to `container[key]` whose right side
 * reads the container. False when it is neither; then nothing has happened.
 */
export function accumulate(frame: Frame, node: PyNode): boolean {
	const [left, right] = [field(node, "left"), field(node, "right")];
	if (!left || !right) return false;
	const { root, keys: keyNodes } = containerOf(left);
	const plain = node.type === "assignment";
	if (plain && !(root && reads(right, root.text))) return false;
	const since = freshId(frame);
	const given = evaluate(frame, right);
	const keys = keyNodes.map((key) => evaluate(frame, key));
	const named = keys.some(({ cells }) => cells.length);
	if (!root || !named) {
		if (plain) return false;
		const old = evaluate(frame, left);
		const sum = combine([old, given]);
		const isRow = left.type === "subscript" && old.table;
		if (isRow && old.table && given.statistics.length)
			write(frame, old.table, given.statistics, node);
		else if (left.type === "identifier")
			bind(frame, left, { ...sum, items: undefined }, { node: right, since });
		return true;
	}
	const holder = evaluate(frame, root);
	grow(frame, holder, keys, given, node);
	return true;
}

/** The container learns the statistics that the value brings under these keys. */
export function grow(
	frame: Frame,
	holder: Value,
	keys: readonly Value[],
	given: Value,
	node: PyNode,
): void {
	const read = [
		...given.cells,
		...frame.conditions.flatMap(({ cells }) => cells),
	];
	const found = statisticsOf(
		frame,
		keys.flatMap(({ cells }) => cells),
		read,
		placeOf(frame, node),
	);
	holder.statistics = [
		...new Set([...holder.statistics, ...given.statistics, ...found]),
	];
}

export function statisticsOf(
	frame: Frame,
	by: readonly Cell[],
	read: readonly Cell[],
	place: CodePlace,
): Statistic[] {
	// Under a condition that chooses a part, the source is some of the rows.
	const part = frame.conditions.some(({ selects }) => selects)
		? `/x${freshId(frame)}`
		: "";
	return read
		.filter(
			({ path, column }) =>
				by.some((key) => key.path === path) &&
				!by.some((key) => key.column === column),
		)
		.map(({ path, column }) => ({
			source: path + part,
			column,
			by: [...new Set(by.map((key) => key.column))],
			place,
		}));
}

/** `stats[key]["sum"]`, `groups.setdefault(key, [])`, `self.total[key]`: what holds, and the keys on the way. */
export function containerOf(node: PyNode): {
	root: PyNode | undefined;
	keys: PyNode[];
} {
	const keys: PyNode[] = [];
	let at: PyNode | undefined = node;
	while (at) {
		const called = at.type === "call" ? field(at, "function") : undefined;
		const method = called && field(called, "attribute")?.text;
		if (at.type === "subscript") {
			keys.push(...fields(at, "subscript"));
			at = field(at, "value");
		} else if (called && /^(setdefault|get)$/.test(method ?? "")) {
			const key: PyNode | undefined = field(at, "arguments")?.children[0];
			if (key) keys.push(key);
			at = field(called, "object");
		} else if (at.type === "attribute" && keys.length === 0) {
			at = field(at, "object");
		} else break;
	}
	return { root: at, keys };
}

function reads(node: PyNode, name: string): boolean {
	const open = [node];
	for (let next = open.pop(); next; next = open.pop()) {
		if (next.text === name) return true;
		open.push(...next.children);
	}
	return false;
}
