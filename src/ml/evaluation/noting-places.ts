// Where the jobs of an evaluation ran, for those that ran elsewhere.
import type { Elsewhere, Runner } from "../../workspace/runners/runner.ts";

/** The runner, and the places it comes to use; jobs run side by side, so these are sorted. */
export function notingPlaces(runner: Runner): {
	readonly runner: Runner;
	readonly placesNoted: () => { elsewhere?: Elsewhere[] };
} {
	const places: Elsewhere[] = [];
	return {
		runner: {
			...runner,
			async run(job, signal) {
				const result = await runner.run(job, signal);
				if (result.elsewhere) places.push(result.elsewhere);
				return result;
			},
		},
		placesNoted: () =>
			places.length > 0
				? { elsewhere: places.toSorted((a, b) => (a.page < b.page ? -1 : 1)) }
				: {},
	};
}
