// A table of the repository as our own code counted it (phases 2 and 3).
import type { ColumnProfile, DataProfile } from "../../reports/data.ts";
import { cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import { count, percent, plural, roughly } from "../numbers.ts";
import { table } from "../table.ts";

/** One line per profile: what matters first. */
export function profileSummary(profiles: readonly DataProfile[]): string {
	const rows = profiles.map((profile) => [
		codeSpan(profile.path),
		`${count(profile.rows)}${profile.truncated ? "+" : ""} × ${profile.columns.length}`,
		missing(profile),
		count(profile.duplicateRows),
		profile.classBalance.map(balance).join("; ") || "–",
		profile.groupRepeats.map(repeats(profile)).join("; ") || "–",
		outliers(profile),
		correlated(profile),
	]);
	return table(
		[
			"table",
			"rows × columns",
			"missing values",
			"duplicate rows",
			"class balance",
			"rows that belong together",
			"outliers",
			"correlated columns",
		],
		rows,
	);
}

function missing({ columns }: DataProfile): string {
	const worst = columns
		.filter((column) => column.missing > 0)
		.sort((a, b) => b.missing - a.missing);
	if (worst.length === 0) return "none";
	const shown = worst
		.slice(0, 3)
		.map((column) => `${codeSpan(column.name)} ${percent(column.missing)}`);
	const more = worst.length > 3 ? `, ${worst.length - 3} more columns` : "";
	return shown.join(", ") + more;
}

function outliers({ columns }: DataProfile): string {
	const most = columns
		.filter((column) => column.outliers)
		.sort((a, b) => (b.outliers ?? 0) - (a.outliers ?? 0));
	const shown = most
		.slice(0, 3)
		.map(({ name, outliers }) => `${codeSpan(name)} ${count(outliers ?? 0)}`);
	const more = most.length > 3 ? `, ${most.length - 3} more columns` : "";
	return shown.join(", ") + more || "none";
}

const correlated = ({ correlations }: DataProfile) =>
	correlations
		.slice(0, 3)
		.map(
			({ columns: [a, b], r }) =>
				`${codeSpan(a)} and ${codeSpan(b)} ${r.toFixed(2)}`,
		)
		.join("; ") || "none";

const balance = ({ column, shares }: DataProfile["classBalance"][number]) =>
	`${codeSpan(column)}: ${shares
		.slice(0, 4)
		.map(
			({ value, share }) => `${cleanLine(value) || "empty"} ${percent(share)}`,
		)
		.join(", ")}`;

const repeats =
	({ rows }: DataProfile) =>
	({ column, groups, largest }: DataProfile["groupRepeats"][number]) =>
		`${codeSpan(column)}: ${count(groups)} values in ${plural(rows, "row")}, up to ${largest} each`;

/** The schema of one table, a row a column. */
export function schemaTable({ columns }: DataProfile): string {
	return table(
		["column", "type", "missing", "distinct", "range or frequent values"],
		columns.map((column) => [
			codeSpan(column.name),
			column.type,
			column.missing === 0 ? "–" : percent(column.missing),
			count(column.distinct),
			values(column),
		]),
	);
}

function values({ type, top, min, max, mean }: ColumnProfile): string {
	const numeric = type === "integer" || type === "number" || type === "date";
	if (numeric && min !== undefined && max !== undefined) {
		const middle = mean === undefined ? "" : `, mean ${roughly(mean)}`;
		return `${cleanLine(min)} to ${cleanLine(max)}${middle}`;
	}
	const [first] = top;
	// Identifiers: no value is more frequent than another.
	if (first?.count === 1) return `e.g. ${cleanLine(first.value)}`;
	return top
		.map(({ value, count: times }) => `${cleanLine(value)} (${count(times)})`)
		.join(", ");
}
