// Whether the Python of a skill parses, and what our own rules say of it.
import type { PyNode } from "../../../ml/python/node.ts";
import { parsePython } from "../../../ml/python/parser.ts";
import { checkRules } from "../../../ml/rules/check-rules.ts";
import { RULES } from "../../../ml/rules/rules.ts";
import { POSTING_CONFIDENCE } from "../../../reports/findings.ts";
import { isProgram, type Snippet } from "../../../skills/fences.ts";

/** Undefined when it parses. */
export async function parseFault(code: string): Promise<string | undefined> {
	const root = await parsePython(code);
	if (!root) return "takes too long to parse";
	const line = firstError(root);
	return line === undefined ? undefined : `does not parse at its line ${line}`;
}

/** The rule that a wrong example breaks fires; on a right one none does. Undefined when so. */
export async function ruleFault(
	snippet: Pick<Snippet, "kind" | "rule" | "code">,
): Promise<string | undefined> {
	const files = new Map([["program.py", snippet.code]]);
	const hits = await checkRules(files, { labels: ["y", "label"] });
	if (snippet.kind === "bad") {
		const exists = RULES.some(({ id }) => id === snippet.rule);
		if (!exists || hits.some(({ rule }) => rule === snippet.rule))
			return undefined;
		return `is shown as breaking ${snippet.rule}, and the rule does not find it`;
	}
	const told = hits.filter(
		({ confidence }) => confidence >= POSTING_CONFIDENCE,
	);
	if (!isProgram(snippet) || told.length === 0) return undefined;
	const rules = new Set(told.map(({ rule }) => rule));
	return `is shown as right and breaks ${[...rules].join(", ")}`;
}

function firstError(node: PyNode): number | undefined {
	if (node.type === "ERROR") return node.line;
	for (const child of node.children) {
		const line = firstError(child);
		if (line !== undefined) return line;
	}
	return undefined;
}
