// What is judged: the contract's table with labels, ids and groups read out of it.
import {
	type EvaluationContract,
	judgesAllClasses,
} from "../../reports/evaluation-plan.ts";
import { readTable } from "../table/read-table.ts";
import { columnOf, isFault, isMissing, type Table } from "../table/table.ts";
import { joinLabels } from "./operator-labels.ts";

/** Arrays run parallel to `table.rows`, which holds only rows with a label. */
export interface Subject {
	readonly contract: EvaluationContract;
	readonly table: Table;
	/** The label's classes, sorted, where all of them are judged; empty otherwise. */
	readonly classes: readonly string[];
	/** 1 or 0 for classification, the place in `classes` where all are judged, the value for regression. */
	readonly truth: Float64Array;
	readonly ids: readonly string[];
	/** What must stay together: the group's or the time's value, or the row's own id. */
	readonly groups: readonly string[];
	/** Ids of the held-out rows, where the operator has their labels; else the split draws them. */
	readonly given?: ReadonlySet<string>;
}

/** A column for tables whose rows have no name: the contract's id is 'none'. */
export const MADE_ID = "modelwright_row";

/** More than this is judged elsewhere: the whole table is held in memory. */
const LIMITS = { rows: 1_000_000, bytes: 256 * 1024 * 1024 };

/**
 * Reads the contract's table. Multiclass labels with a positive value
 * are judged as "the positive class against the rest". A list of faults, in words, when it cannot be read.
 */
export function readSubject(
	asked: EvaluationContract,
	bytes: Uint8Array | undefined,
	labels?: Uint8Array,
): Subject | { faults: string[] } {
	const contract = asked.id === "none" ? { ...asked, id: MADE_ID } : asked;
	const { data, label, id, split } = contract;
	if (!bytes) return { faults: [`there is no file ${data} in the repository`] };
	const elsewhere = pointerFault(data, bytes);
	if (elsewhere) return { faults: [elsewhere] };
	const read = readTable(data, bytes, LIMITS);
	if (isFault(read)) return { faults: [read.fault] };
	const whole = asked.id === "none" ? numbered(read) : read;
	if (whole.format === "jsonl")
		return { faults: [`${data} is not a CSV file with a header`] };
	if (whole.truncated)
		return { faults: [`${data} is too large to be judged here`] };
	const missing = missingColumns(contract, whole);
	if (missing.length) return { faults: missing };
	const joined =
		contract.labels === "operator"
			? joinLabels(contract, whole, labels, LIMITS)
			: { table: whole };
	if ("fault" in joined) return { faults: [joined.fault] };
	const at = whole.columns.indexOf(label);
	const labelled = joined.table.rows.filter((row) => !isMissing(row[at] ?? ""));
	const table = without(contract.leave_out, { ...whole, rows: labelled });
	const column = (name: string) => columnOf(table, name) ?? [];
	const ids = column(id);
	const classes = judgesAllClasses(contract)
		? [...new Set(column(label))].sort()
		: [];
	const places = new Map(classes.map((name, place) => [name, place]));
	return {
		contract,
		table,
		classes,
		truth: Float64Array.from(column(label), (cell) =>
			contract.task === "regression"
				? Number(cell)
				: (places.get(cell) ?? Number(cell === contract.positive)),
		),
		ids,
		groups: hasColumn(split) ? column(split.group) : ids,
		...("given" in joined ? { given: joined.given } : {}),
	};
}

/** By their places in the file; in a form that no other text has. */
const numbered = (table: Table): Table => ({
	...table,
	columns: [MADE_ID, ...table.columns],
	rows: table.rows.map((cells, at) => [`row-${at + 1}`, ...cells]),
});

/** Data that lies elsewhere cannot be had here: the repository has a note of it. */
function pointerFault(path: string, bytes: Uint8Array): string | undefined {
	const start = new TextDecoder().decode(bytes.subarray(0, 200));
	const store = start.startsWith("version https://git-lfs")
		? "Git LFS"
		: path.endsWith(".dvc")
			? "DVC"
			: undefined;
	return (
		store &&
		`${path} is a pointer of ${store}; the rows themselves are not in the repository, so nothing can be judged by them. Commit the table, or have the operator give rows with labels ("labels: operator") beside a part that is committed`
	);
}

/** Nobody gets to see these columns. */
function without(names: readonly string[] = [], table: Table): Table {
	if (!names.length) return table;
	const kept = [...table.columns.keys()].filter(
		(at) => !names.includes(table.columns[at] as string),
	);
	const cut = (cells: readonly string[]) => kept.map((at) => cells[at] ?? "");
	return { ...table, columns: cut(table.columns), rows: table.rows.map(cut) };
}

const hasColumn = ({ kind }: EvaluationContract["split"]) =>
	kind === "group" || kind === "time";

function missingColumns(contract: EvaluationContract, table: Table): string[] {
	const { label, id, split, slices } = contract;
	const needed: [string, string][] = [
		["label", label],
		["id", id],
		...(hasColumn(split)
			? [[split.kind, split.group] as [string, string]]
			: []),
		...slices.map((slice): [string, string] => ["slice", slice]),
		...(contract.series
			? [["series", contract.series] as [string, string]]
			: []),
		...(contract.leave_out ?? []).map((name): [string, string] => [
			"column to leave out",
			name,
		]),
	];
	return needed
		.filter(([, name]) => !table.columns.includes(name))
		.map(
			([role, name]) =>
				`${table.path} has no column "${name}" (the contract's ${role}); it has ${table.columns.slice(0, 30).join(", ")}`,
		);
}
