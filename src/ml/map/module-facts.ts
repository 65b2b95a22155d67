// The facts of one Python module.
import { readEvidence } from "./evidence.ts";
import type { FileFacts } from "./facts.ts";
import { outlinePython } from "./python-facts.ts";
import { readLeads } from "./risk-leads.ts";
import { countWords } from "./words.ts";

/** Undefined when parsing took longer than `milliseconds`. */
export async function moduleFacts(
	source: string,
	milliseconds: number,
): Promise<FileFacts | undefined> {
	const outline = await outlinePython(source, milliseconds);
	if (!outline) return undefined;
	const { calls: _, decorators: __, ...names } = outline;
	const doc = docLine(source);
	const main = mainLine(source);
	return {
		...names,
		loc: countLines(source),
		...(doc ? { doc } : {}),
		...(main ? { main } : {}),
		evidence: readEvidence(outline),
		leads: readLeads(outline, source, false),
		...countWords([source]),
	};
}

function docLine(source: string): string | undefined {
	const start = source
		.slice(0, 3_000)
		.replace(/^(?:[ \t]*(?:#[^\n]*)?\n)*/, "");
	const found = /^[rRuU]?("""|'''|"|')\s*([^\n]{1,200})/.exec(start);
	const [, quote = "", line = ""] = found ?? [];
	return (line.split(quote || "\n", 1)[0] ?? "").trim() || undefined;
}

function mainLine(source: string): number | undefined {
	const at = /^if\s+__name__\s*==/m.exec(source)?.index;
	return at === undefined ? undefined : countLines(`${source.slice(0, at)}.`);
}

function countLines(text: string): number {
	let lines = 1;
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
		lines++;
	return text.endsWith("\n") && lines > 1 ? lines - 1 : lines;
}
