// What was found, for people: a headline, the code, why it matters, what to do.
import { styleText } from "node:util";
import type { Edit, RuleHit } from "../../ml/rules/rule.ts";

const AROUND = 2;
const LONGEST_LINE = 160;
const MOST_LINES = 12;

type Styles = Parameters<typeof styleText>[0];
export type Paint = (styles: Styles, text: string) => string;

export const plain: Paint = (_, text) => text;
export const coloured: Paint = (styles, text) =>
	styleText(styles, text, { validateStream: false });

export const placeOf = ({ path, startLine, cell }: RuleHit): string =>
	cell
		? `${path}:${startLine} (cell ${cell.index}, line ${cell.line})`
		: `${path}:${startLine}`;

const sure = ({ confidence, tier }: RuleHit) => `${confidence} %, ${tier}`;

/** `source` is the module's text. */
export function showHit(hit: RuleHit, source: string, paint: Paint): string {
	const grave = hit.severity === "critical" || hit.severity === "high";
	return [
		`${paint("bold", placeOf(hit))}  ${paint(grave ? "red" : "yellow", hit.severity)}  ${paint("cyan", hit.rule)}  ${hit.title}  ${paint("dim", `[${sure(hit)}]`)}`,
		...frame(hit, source, paint),
		`  ${hit.message}`,
		`  ${paint("green", "Instead:")} ${hit.suggestion}`,
		...(hit.fix ?? []).flatMap((edit) => showEdit(edit, paint)),
		"",
	].join("\n");
}

export const showLead = (hit: RuleHit, paint: Paint): string =>
	paint(
		"dim",
		`${placeOf(hit)}  ${hit.severity}  ${hit.rule}  ${hit.title}  [${sure(hit)}]`,
	);

function frame(hit: RuleHit, source: string, paint: Paint): string[] {
	const lines = source.split("\n");
	const from = Math.max(1, hit.startLine - AROUND);
	const last = Math.min(hit.endLine, hit.startLine + MOST_LINES);
	const to = Math.min(lines.length, last + AROUND);
	const width = String(to).length;
	return lines.slice(from - 1, to).map((line, i) => {
		const number = from + i;
		const isHit = number >= hit.startLine && number <= hit.endLine;
		const text = `${isHit ? ">" : " "} ${String(number).padStart(width)} | ${shown(line)}`;
		return `  ${isHit ? text : paint("dim", text)}`.trimEnd();
	});
}

function showEdit(edit: Edit, paint: Paint): string[] {
	const { path, startLine, endLine, lines } = edit;
	const where =
		endLine < startLine
			? `insert before ${path}:${startLine}`
			: `replace ${path}:${startLine}${endLine > startLine ? `-${endLine}` : ""}`;
	const added = lines === undefined ? [] : lines.split("\n");
	return [
		`  ${paint("green", "Fix:")} ${where}`,
		...added.map((line) => paint("green", `  + ${shown(line)}`)),
	];
}

/** Whatever a file holds, it does not steer the terminal. */
const shown = (line: string): string =>
	line
		.replaceAll("\t", "    ")
		.replace(/\p{Cc}/gu, "·")
		.slice(0, LONGEST_LINE);
