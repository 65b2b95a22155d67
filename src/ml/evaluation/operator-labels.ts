// Labels that the operator keeps: rows of their own, or labels for rows that
// the repository holds without. Those rows are the held-out ones, and blind.

import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import { readTable } from "../table/read-table.ts";
import { isFault, isMissing, type Table } from "../table/table.ts";

/** Below the server's data folder. */
export const LABELS_FOLDER = "labels";

export interface Joined {
	readonly table: Table;
	/** Ids of the rows whose label the operator gave. */
	readonly given: ReadonlySet<string>;
}

/** A sentence, when the two do not fit together. */
export function joinLabels(
	{ id, label }: EvaluationContract,
	table: Table,
	bytes: Uint8Array | undefined,
	limits: Parameters<typeof readTable>[2],
): Joined | { fault: string } {
	if (!bytes)
		return {
			fault: `the operator of this server has not given the labels; a CSV with ${id} and ${label} was expected at ${LABELS_FOLDER}/<owner>/<repository>/${table.path} in its data folder`,
		};
	const theirs = readTable("labels.csv", bytes, limits);
	if (isFault(theirs))
		return { fault: `the operator's labels: ${theirs.fault}` };
	const [itsId, itsLabel] = [id, label].map((name) =>
		theirs.columns.indexOf(name),
	) as [number, number];
	if (itsId < 0 || itsLabel < 0)
		return {
			fault: `the operator's labels have the columns ${theirs.columns.join(", ")}; ${id} and ${label} were expected`,
		};
	const [idAt, labelAt] = [id, label].map((name) =>
		table.columns.indexOf(name),
	) as [number, number];
	const known = new Map(table.rows.map((row, at) => [row[idAt] ?? "", at]));
	const rows = table.rows.map((row) => [...row]);
	const given = new Set<string>();
	for (const cells of theirs.rows) {
		const name = cells[itsId] ?? "";
		if (given.has(name))
			return { fault: `the operator's labels name the ${id} "${name}" twice` };
		given.add(name);
		const at = known.get(name);
		const its = at === undefined ? undefined : rows[at];
		if (its && !isMissing(its[labelAt] ?? ""))
			return {
				fault: `the row "${name}" has its label in the repository, too, so it is not blind; take it out of one of the two`,
			};
		if (its) its[labelAt] = cells[itsLabel] ?? "";
		else {
			const row = rowFrom(table, theirs, cells);
			if (!row)
				return {
					fault: `the operator's row "${name}" is not in ${table.path}, and its file lacks columns that the table has`,
				};
			rows.push(row);
		}
	}
	return { table: { ...table, rows }, given };
}

function rowFrom(table: Table, theirs: Table, cells: readonly string[]) {
	const places = table.columns.map((name) => theirs.columns.indexOf(name));
	return places.includes(-1) ? undefined : places.map((at) => cells[at] ?? "");
}
