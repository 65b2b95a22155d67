// A notebook's code, cell by cell. Lines are those that `view` shows, so that
// what the map names can be opened; outputs and raw JSON are never looked at.
import { notebookCells } from "../../workspace/reading/notebook.ts";
import { deadline } from "../python/deadline.ts";
import { isPythonCell, withoutMagic } from "../python/notebook-code.ts";
import { readEvidence } from "./evidence.ts";
import type { FileFacts, Span } from "./facts.ts";
import { MOST_NAMES } from "./imports.ts";
import { outlinePython } from "./python-facts.ts";
import { readLeads } from "./risk-leads.ts";
import { countWords } from "./words.ts";

/** A string says why the notebook was not read. */
export async function notebookFacts(
	text: string,
	milliseconds: number,
): Promise<FileFacts | string> {
	const cells = notebookCells(text);
	if (!cells) return "not a notebook that can be read";
	const isOver = deadline(milliseconds);
	const facts = {
		loc: 0,
		cells: cells.length,
		hasSyntaxError: false,
		imports: [] as FileFacts["imports"][number][],
		aliases: Object.create(null) as Record<string, string>,
		classes: [] as FileFacts["classes"][number][],
		functions: [] as Span[],
		evidence: [] as FileFacts["evidence"][number][],
		leads: [] as FileFacts["leads"][number][],
	};
	let doc: string | undefined;
	const texts: string[] = [];
	for (const [cell, { type, lines, line }] of cells.entries()) {
		const source = lines.join("\n");
		if (type === "markdown") {
			doc ??= /^#{1,6}[ \t]+(\S[^\n]{0,200})/m.exec(source)?.[1]?.trim();
			texts.push(source.slice(0, 10_000));
		}
		if (type !== "code") continue;
		facts.loc += lines.length;
		if (!isPythonCell(source) || source.length > 1_000_000) continue;
		const code = withoutMagic(source);
		const outline = isOver()
			? undefined
			: await outlinePython(code, milliseconds);
		if (!outline) return "parsing took over a second";
		texts.push(code);
		// Names of one cell are known in the next.
		if (Object.keys(facts.aliases).length < MOST_NAMES)
			Object.assign(facts.aliases, outline.aliases);
		const known = { ...outline, aliases: facts.aliases };
		const here = <T extends { line: number; end?: number }>(one: T): T => ({
			...one,
			line: one.line + line - 1,
			...(one.end === undefined ? {} : { end: one.end + line - 1 }),
			cell,
		});
		facts.hasSyntaxError ||= outline.hasSyntaxError;
		facts.imports.push(...outline.imports.map(here));
		facts.functions.push(...outline.functions.map(here));
		for (const one of outline.classes)
			facts.classes.push(here({ ...one, methods: one.methods.map(here) }));
		facts.evidence.push(...readEvidence(known).map(here));
		facts.leads.push(...readLeads(known, code, true).map(here));
	}
	return { ...facts, ...(doc ? { doc } : {}), ...countWords(texts) };
}
