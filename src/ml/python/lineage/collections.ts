// Lists, dictionaries and comprehensions.
import { field, type PyNode } from "../node.ts";
import { bind } from "./bind.ts";
import { combine, contentOf, type Datum, datum, elementOf } from "./datum.ts";
import { evaluate } from "./expressions.ts";
import type { Frame } from "./scope.ts";
import { roundsOf } from "./statements.ts";

export function sequence(frame: Frame, node: PyNode): Datum {
	const items = node.children.flatMap((child) => {
		const item = evaluate(frame, child);
		return child.type === "list_splat" && item.items ? item.items : [item];
	});
	return { ...combine(items), items };
}

export function dictionary(frame: Frame, node: PyNode): Datum {
	const attrs = new Map<string, Datum>();
	const content: Datum[] = [];
	for (const child of node.children) {
		const [key, item] = [field(child, "key"), field(child, "value")];
		if (child.type !== "pair" || !key || !item) {
			const more = evaluate(frame, child);
			for (const [name, given] of more.attrs ?? []) attrs.set(name, given);
			content.push(more);
			continue;
		}
		const name = evaluate(frame, key).text ?? key.text;
		const given = evaluate(frame, item);
		attrs.set(name, given);
		content.push(given);
	}
	return { ...combine(content), attrs };
}

export function comprehension(outer: Frame, node: PyNode): Datum {
	const frame: Frame = {
		...outer,
		vars: new Map(),
		outer,
		changes: undefined,
	};
	const body = field(node, "body");
	if (!body) return datum();
	const clauses = node.children.filter(({ type }) => type === "for_in_clause");
	const conditions = node.children.filter(({ type }) => type === "if_clause");
	const results: Datum[] = [];
	const sources: Datum[] = [];
	const round = (depth: number): void => {
		const clause = clauses[depth];
		if (!clause) {
			for (const condition of conditions) evaluate(frame, condition);
			results.push(element(frame, body));
			return;
		}
		const [left, right] = [field(clause, "left"), field(clause, "right")];
		if (!left || !right) return;
		const iterated = evaluate(frame, right);
		sources.push(contentOf(iterated));
		for (const one of depth ? [elementOf(iterated)] : roundsOf(iterated)) {
			bind(frame, left, one);
			round(depth + 1);
		}
	};
	round(0);
	const whole = combine([...results.map(contentOf), ...sources]);
	const many = results.length > 1 ? results : undefined;
	return { ...whole, items: many, each: many ? undefined : results[0] };
}

function element(frame: Frame, body: PyNode): Datum {
	if (body.type !== "pair") return evaluate(frame, body);
	const [key, content] = [field(body, "key"), field(body, "value")];
	if (key) evaluate(frame, key);
	return content ? evaluate(frame, content) : datum();
}
