// What names are given, statement by statement.
import { field, type PyNode } from "../node.ts";
import { walk } from "./walk.ts";

export interface Given {
	/** The right side. */
	readonly value: PyNode;
	/** Which part of it, where the left side takes it apart. */
	readonly part: number | undefined;
	/** What kind of statement: "for" gives one element after the other. */
	readonly by: "=" | "+=" | "for" | "with";
	readonly statement: PyNode;
}

const TAKES_APART =
	/^(pattern_list|tuple_pattern|list_pattern|expression_list|tuple|list)$/;

export function writtenIn(body: PyNode): Map<string, Given[]> {
	const found = new Map<string, Given[]>();
	walk(body, (node) => {
		for (const [left, given] of writesOf(node)) {
			const earlier = found.get(left.text);
			if (earlier) earlier.push(given);
			else found.set(left.text, [given]);
		}
	});
	return found;
}

/** What one statement writes. */
export function writesOf(node: PyNode): [left: PyNode, Given][] {
	const by = BY[node.type];
	if (!by) return [];
	const [left, right] =
		by === "with"
			? [field(node, "alias")?.children[0], node.children[0]]
			: [field(node, "left"), field(node, "right")];
	if (!left || !right) return [];
	// a = b = value
	const value = right.type === "assignment" ? lastRight(right) : right;
	return parts(left, { value, part: undefined, by, statement: node });
}

const BY: Readonly<Record<string, Given["by"]>> = {
	assignment: "=",
	augmented_assignment: "+=",
	for_statement: "for",
	as_pattern: "with",
};

function parts(left: PyNode, given: Given): [PyNode, Given][] {
	if (!TAKES_APART.test(left.type)) return [[left, given]];
	return left.children.flatMap((one, part) => parts(one, { ...given, part }));
}

function lastRight(assignment: PyNode): PyNode {
	const right = field(assignment, "right");
	return right?.type === "assignment"
		? lastRight(right)
		: (right ?? assignment);
}
