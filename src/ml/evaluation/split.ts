import { digestOf } from "../../run/digest.ts";
import { type Random, randomOf } from "./random.ts";
import type { Subject } from "./subject.ts";
import { inTimeOrder } from "./time-order.ts";

/** Row indexes of the subject's table, ascending; disjoint, together all rows but an embargo's. */
export interface Split {
	readonly training: readonly number[];
	readonly heldOut: readonly number[];
}

const BINS = 10;

/**
 * Divides the rows as the contract says. The draw depends on the contract
 * alone, so nobody, the model's author included, can draw again for luck.
 */
export function splitRows(subject: Subject): Split {
	const { contract, truth, groups, given } = subject;
	if (given) return splitByOperator(subject, given);
	const { kind, held_out: share } = contract.split;
	const random = randomOf(`split ${digestOf(contract)}`);
	const rows = [...truth.keys()];
	if (kind === "time") return splitByTime(subject);
	const held = new Set(
		kind === "group"
			? drawGroups(groups, share, random)
			: kind === "stratified"
				? strata(subject).flatMap((rows) => draw(rows, share, random))
				: draw(rows, share, random),
	);
	return {
		training: rows.filter((row) => !held.has(row)),
		heldOut: rows.filter((row) => held.has(row)),
	};
}

/** Whose labels the operator keeps is held out. */
function splitByOperator({ ids }: Subject, given: ReadonlySet<string>): Split {
	const rows = [...ids.keys()];
	const isGiven = (row: number) => given.has(ids[row] as string);
	return {
		training: rows.filter((row) => !isGiven(row)),
		heldOut: rows.filter(isGiven),
	};
}

/** The latest times are held out; the embargo's belong to neither part. */
function splitByTime({ contract, truth, groups }: Subject): Split {
	const { held_out, embargo = 0 } = contract.split;
	const times = inTimeOrder(groups);
	const cut = times.length - Math.round(times.length * held_out);
	const place = new Map(times.map((time, at) => [time, at]));
	const at = (row: number) => place.get(groups[row] as string) as number;
	const rows = [...truth.keys()];
	return {
		training: rows.filter((row) => at(row) < cut - embargo),
		heldOut: rows.filter((row) => at(row) >= cut),
	};
}

function draw<T>(items: readonly T[], share: number, random: Random): T[] {
	return random.shuffle(items).slice(0, Math.round(items.length * share));
}

function drawGroups(
	groups: readonly string[],
	share: number,
	random: Random,
): number[] {
	const held = new Set(draw([...new Set(groups)].sort(), share, random));
	return [...groups.keys()].filter((row) => held.has(groups[row] as string));
}

/** Rows by class; for a number as label, by tenths of its range of ranks. */
function strata({ contract, classes, truth }: Subject): number[][] {
	const rows = [...truth.keys()];
	const value = (row: number) => truth[row] as number;
	if (contract.task !== "regression")
		return [...(classes.length ? classes : [0, 1]).keys()].map((label) =>
			rows.filter((row) => value(row) === label),
		);
	const ranked = rows.toSorted((a, b) => value(a) - value(b) || a - b);
	const size = Math.ceil(ranked.length / BINS);
	return Array.from({ length: BINS }, (_, bin) =>
		ranked.slice(bin * size, (bin + 1) * size),
	);
}
