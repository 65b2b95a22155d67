import { digestOf } from "../../../run/digest.ts";
import { compareSystems } from "../bootstrap.ts";
import type { Bench, SystemPredictions } from "../run-systems.ts";
import { samplesOf } from "../samples.ts";
import type { Split } from "../split.ts";
import type { Subject } from "../subject.ts";
import { check, type SanityCheck, short } from "./check.ts";

/** Rows that differ in their id only may be chance in a table of few columns. */
const TWINS_TOLERATED = 0.01;
/** A column with more values, of all rows' share, makes equal rows a copy. */
const MANY_VALUES = 0.05;
const MOST_VALUES = 0.5;

/** Rows drawn several times before the split are known to whoever trains; then only the others count. */
export function nothingShared(
	bench: Bench,
	predictions: SystemPredictions,
): SanityCheck {
	const { subject, split } = bench;
	const { ids, groups, contract } = subject;
	const bodyOf = bodies(subject);
	const seen = {
		ids: new Set(split.training.map((row) => ids[row])),
		groups: new Set(split.training.map((row) => groups[row])),
		bodies: new Set(split.training.map(bodyOf)),
	};
	const shared = split.heldOut.filter(
		(row) => seen.ids.has(ids[row]) || seen.groups.has(groups[row]),
	).length;
	const unknown = [...split.heldOut.keys()].filter(
		(at) => !seen.bodies.has(bodyOf(split.heldOut[at] as number)),
	);
	const twins = split.heldOut.length - unknown.length;
	const grouped = groups === ids ? "" : ` or ${contract.split.group}`;
	const share = twins / split.heldOut.length;
	const few =
		share <= TWINS_TOLERATED || share <= 2 * coincidence(subject, split);
	const rest = few
		? { holds: true, words: "" }
		: hasFewValues(subject)
			? {
					holds: true,
					words: ", as is to be expected where no column has many values",
				}
			: without(bench, predictions, unknown);
	const verdict = check(
		"no shared rows or groups",
		shared === 0 && rest.holds,
		`${shared} held-out rows share an id${grouped} with training; ${twins} equal a training row in all but the id${rest.words}`,
	);
	return { ...verdict, ofData: true };
}

function bodies({ table, contract }: Subject): (row: number) => string {
	const at = table.columns.indexOf(contract.id);
	return (row) => (table.rows[row] ?? []).toSpliced(at, 1).join("\u0000");
}

function hasFewValues({ table, contract }: Subject): boolean {
	const own = [contract.id, contract.label];
	return table.columns.every(
		(name, at) =>
			own.includes(name) ||
			new Set(table.rows.map((row) => row[at])).size <
				MANY_VALUES * table.rows.length,
	);
}

/** The share of held-out rows that equal a training row by chance, if columns were independent. */
function coincidence(
	{ table, contract }: Subject,
	{ training }: Split,
): number {
	const rows = table.rows.length;
	let alike = 1;
	for (const [at, name] of table.columns.entries()) {
		if (name === contract.id) continue;
		const counts = new Map<string, number>();
		for (const row of table.rows) {
			const cell = row[at] ?? "";
			counts.set(cell, (counts.get(cell) ?? 0) + 1);
		}
		// Where most values are their row's own, an equal one is a copy.
		if (counts.size > rows * MOST_VALUES) return 0;
		const pairs = [...counts.values()].map((n) => n * (n - 1));
		alike *= pairs.reduce((a, b) => a + b, 0) / (rows * (rows - 1));
	}
	return 1 - Math.exp(-training.length * alike);
}

/** Whether the model is still surely better on the held-out rows that training does not know. */
function without(
	bench: Bench,
	predictions: SystemPredictions,
	places: readonly number[],
): { holds: boolean; words: string } {
	const { contract } = bench.subject;
	const { difference, differenceInterval } = compareSystems(
		contract.primary.metric,
		samplesOf(bench, predictions, places),
		{ alpha: contract.alpha, key: `without twins ${digestOf(contract)}` },
	);
	const [low, high] = differenceInterval;
	const measured = Number.isFinite(low)
		? `on the ${places.length} others the model is better by ${short(difference)} [${short(low)}, ${short(high)}]`
		: `the ${places.length} others are too few to be judged by`;
	return { holds: low > 0, words: `; ${measured}` };
}
