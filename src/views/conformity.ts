// How a change compares with what was approved and asked for.
import type { Conformity, SmokeRun } from "../reports/conformity.ts";
import type { CheckedItem } from "../reports/items.ts";
import { clean, cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { duration } from "./numbers.ts";

/** How a place of the change is written; links need its commit. */
export type ShowPlace = (path: string, line?: number) => string;

export const plainPlace: ShowPlace = (path, line) =>
	codeSpan(line ? `${path}:${line}` : path);

const mark = ({ met, applies }: CheckedItem) =>
	applies ? (met ? "✓" : "✗") : "–";

/** All items on one line; what is missing stands out. */
export const itemMarks = (items: readonly CheckedItem[]): string =>
	items
		.map((item) => {
			const marked = `${mark(item)} ${cleanLine(item.name)}`;
			return item.met ? marked : `**${marked}**`;
		})
		.join(" · ");

/** One line an item: where it stands and how, or what is missing. */
export const itemList = (
	items: readonly CheckedItem[],
	place: ShowPlace = plainPlace,
): string =>
	items
		.map((item) => {
			const { name, applies, path, line, remark } = item;
			const where = path ? ` ${place(path, line)}` : "";
			const why = applies ? "" : "not applicable: ";
			return `- ${mark(item)} **${cleanLine(name)}**${where} ${why}${cleanLine(remark)}`;
		})
		.join("\n");

export const smokeLine = ({ status, reason, seconds }: SmokeRun): string =>
	status === "passed"
		? `smoke run passed: ${cleanLine(reason)} (${duration(seconds)})`
		: `**smoke run ${status}**: ${cleanLine(reason)}`;

type Review = NonNullable<Conformity["review"]>;

/** The verdict, and what is not as it was approved. */
export function reviewText(
	{ by, summary, verdict, deviations }: Review,
	place: ShowPlace = plainPlace,
): string {
	const found = verdict === "deviates" ? "**deviates**" : verdict;
	const lines = deviations.map(({ what, path, line, mustFix }) => {
		const where = line ? ` (${place(path, line)})` : "";
		return `- ${mustFix ? "✗ **must be fixed:** " : ""}${cleanLine(what)}${where}`;
	});
	return [
		`${found}, says the ${cleanLine(by)}. ${clean(summary)}`,
		lines.join("\n"),
	]
		.filter(Boolean)
		.join("\n\n");
}
