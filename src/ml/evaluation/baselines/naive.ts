// The forecasts that cost nothing: all stays as it last was, or as it was a season ago.
import { max } from "simple-statistics";
import { columnOf } from "../../table/table.ts";
import type { Split } from "../split.ts";
import type { Subject } from "../subject.ts";
import { inTimeOrder } from "../time-order.ts";

export const naiveOf = (subject: Subject, split: Split): Float64Array =>
	forecast(subject, split, (known) => known.last);

/** Whole seasons back, to the latest that training knows; where that time is missing, as it last was. */
export const seasonalNaiveOf = (
	subject: Subject,
	split: Split,
	season: number,
): Float64Array =>
	forecast(subject, split, ({ at, last, lastPlace }, place) => {
		const seasons = Math.ceil((place - lastPlace) / season);
		return at.get(place - seasons * season) ?? last;
	});

/** One series as training knows it, by its times' places. */
interface Known {
	readonly at: ReadonlyMap<number, number>;
	readonly last: number;
	readonly lastPlace: number;
}

/** The series that rows belong to: one, unless the contract names a column. */
export const seriesOf = ({
	table,
	contract,
	ids,
}: Subject): readonly string[] =>
	contract.series
		? (columnOf(table, contract.series) ?? [])
		: ids.map(() => "");

/** Places of the rows' times among all times. */
export function placesOf({ groups }: Subject): number[] {
	const place = new Map(inTimeOrder(groups).map((time, i) => [time, i]));
	return groups.map((time) => place.get(time) as number);
}

function forecast(
	subject: Subject,
	{ training, heldOut }: Split,
	say: (known: Known, place: number) => number,
): Float64Array {
	const [names, places] = [seriesOf(subject), placesOf(subject)];
	const known = new Map(
		[...Map.groupBy(training, (row) => names[row] as string)].map(
			([name, rows]) => [name, historyOf(rows, subject.truth, places)],
		),
	);
	const lasts = [...known.values()].map(({ last }) => last);
	const strange = lasts.reduce((a, b) => a + b, 0) / lasts.length;
	return Float64Array.from(heldOut, (row) => {
		const its = known.get(names[row] as string);
		return its ? say(its, places[row] as number) : strange;
	});
}

/** Several labels of one time count with their mean. */
export function historyOf(
	rows: readonly number[],
	truth: ArrayLike<number>,
	places: readonly number[],
): Known {
	const at = new Map(
		[...Map.groupBy(rows, (row) => places[row] as number)].map(
			([place, same]) => [
				place,
				same.reduce((sum, row) => sum + (truth[row] as number), 0) /
					same.length,
			],
		),
	);
	const lastPlace = max([...at.keys()]);
	return { at, lastPlace, last: at.get(lastPlace) as number };
}
