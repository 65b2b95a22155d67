import type { Samples } from "./bootstrap.ts";
import type { Bench, SystemPredictions } from "./run-systems.ts";
import { termsOf } from "./terms.ts";

/** What is known of the held-out rows and what both systems said of them; `places` are some of those rows. */
export function samplesOf(
	{ subject, split }: Pick<Bench, "subject" | "split">,
	{ model, baseline }: SystemPredictions,
	places: readonly number[] = [...split.heldOut.keys()],
): Samples {
	const { heldOut } = split;
	const rows = places.map((at) => heldOut[at] as number);
	const some = (all: Float64Array) => atPlaces(all, places, heldOut.length);
	return {
		truth: rows.map((row) => subject.truth[row] as number),
		groups: rows.map((row) => subject.groups[row] as string),
		model: model.map(some),
		baseline: baseline.map(some),
		terms: termsOf(subject, split, rows),
	};
}

/** Of `rows` rows' predictions those of some: one number each, or one per class. */
export function atPlaces(
	all: Float64Array,
	places: readonly number[],
	rows: number,
): Float64Array {
	const width = all.length / rows;
	return Float64Array.from(
		{ length: places.length * width },
		(_, i) =>
			all[
				(places[Math.floor(i / width)] as number) * width + (i % width)
			] as number,
	);
}
