import type { ColumnProfile, DataProfile } from "../../reports/data.ts";
import { countValues } from "./column.ts";

const LABEL_NAME =
	/^(y|label|labels|target|class|outcome|response|(is_)?(churn|churned|fraud|default|defaulted|converted|survived|clicked|cancelled|canceled|returned))$|_(label|target|class|outcome)$/i;
const MOST_CLASSES = 20;

/**
 * Class shares of the columns that look like a label: by name, or, where no
 * name says so, the last column when it has few values. A guess, made to be
 * shown; the evaluation contract names the label for certain.
 */
export function classBalance(
	columns: readonly ColumnProfile[],
	cells: readonly (readonly string[])[],
): DataProfile["classBalance"] {
	const indexes = [...columns.keys()];
	const named = indexes.filter((i) => {
		const column = columns[i];
		return column && LABEL_NAME.test(column.name) && hasClasses(column);
	});
	const last = columns.length - 1;
	const lastColumn = columns[last];
	const guessed =
		named.length === 0 && lastColumn && looksLikeLastLabel(lastColumn)
			? [last]
			: named;
	return guessed.map((i) => {
		const counts = countValues(cells[i] ?? []);
		const total = [...counts.values()].reduce((a, b) => a + b, 0);
		return {
			column: columns[i]?.name ?? "",
			shares: [...counts]
				.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
				.map(([value, count]) => ({ value, share: count / total })),
		};
	});
}

/** Names of the columns that may be the label, the likeliest first. */
export function guessLabels(profile: DataProfile): string[] {
	return profile.classBalance.map(({ column }) => column);
}

function hasClasses(column: ColumnProfile): boolean {
	return column.distinct >= 2 && column.distinct <= MOST_CLASSES;
}

function looksLikeLastLabel(column: ColumnProfile): boolean {
	if (/(^|_)id$/i.test(column.name) || column.type === "date") return false;
	return column.distinct >= 2 && column.distinct <= 5;
}
