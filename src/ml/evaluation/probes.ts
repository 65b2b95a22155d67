// Altered tables for the sanity checks. Same contract, same alteration.
import { columnOf } from "../table/table.ts";
import { randomOf } from "./random.ts";
import type { Split } from "./split.ts";
import type { Subject } from "./subject.ts";

export const SMALL_BATCH = 32;

/** A few training rows, of each class about as many. */
export function smallBatch(subject: Subject, { training }: Split): number[] {
	const rows = randomOf("small batch").shuffle(training);
	if (subject.contract.task === "regression") return rows.slice(0, SMALL_BATCH);
	if (subject.classes.length) {
		const seen = new Map<number, number>();
		const turn = rows.map((row) => {
			const label = subject.truth[row] as number;
			const before = seen.get(label) ?? 0;
			seen.set(label, before + 1);
			return { row, before };
		});
		return turn
			.sort((a, b) => a.before - b.before)
			.slice(0, SMALL_BATCH)
			.map(({ row }) => row)
			.sort((a, b) => a - b);
	}
	const half = (label: number) =>
		rows
			.filter((row) => subject.truth[row] === label)
			.slice(0, SMALL_BATCH / 2);
	return [...half(1), ...half(0)].sort((a, b) => a - b);
}

/**
 * The subject twice with the training rows' labels dealt out again at random,
 * the second time with every dealt class turned into its opposite. What a
 * learner makes of one chance draw, it makes of the other the other way round:
 * with few features a single draw scores far from chance in either direction,
 * the mean of the two does not.
 */
export function withShuffledLabels(
	subject: Subject,
	{ training }: Split,
): [Subject, Subject] {
	const { contract, table } = subject;
	const at = table.columns.indexOf(contract.label);
	const labelOf = (row: number) => table.rows[row]?.[at] ?? "";
	const dealt = randomOf("shuffled labels").shuffle(training).map(labelOf);
	const other = commonest(dealt.filter((it) => it !== contract.positive));
	const relabel = (labels: readonly string[]) => {
		const rows = [...table.rows];
		for (const [i, row] of training.entries())
			rows[row] = (rows[row] ?? []).with(at, labels[i] ?? "");
		return { ...subject, table: { ...table, rows } };
	};
	const opposite =
		contract.task === "regression" || subject.classes.length
			? // What has no opposite needs none: such a score stays near chance.
				dealt.toReversed()
			: dealt.map((it) =>
					it === contract.positive ? other : contract.positive,
				);
	return [relabel(dealt), relabel(opposite)];
}

/** Gives every row the same features: each column's commonest training value. */
export function hideInputs(
	subject: Subject,
	{ training }: Split,
): (cells: readonly string[]) => readonly string[] {
	const { table, contract } = subject;
	const common = table.columns.map((name) => {
		const cells = columnOf(table, name) ?? [];
		return commonest(training.map((row) => cells[row] ?? ""));
	});
	const id = table.columns.indexOf(contract.id);
	return (cells) => common.with(id, cells[id] ?? "");
}

function commonest(values: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	let best = "";
	for (const [value, count] of counts)
		if (count > (counts.get(best) ?? 0)) best = value;
	return best;
}
