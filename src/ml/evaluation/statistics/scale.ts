// A range of values as the whole line, so that an interval stays inside it.
export interface Scale {
	readonly to: (x: number) => number;
	readonly back: (x: number) => number;
	/** Derivative of `to`. */
	readonly slope: (x: number) => number;
}

/** Logit between two bounds, logarithm from one bound, as it is without. */
export function scaleOf([low, high]: readonly [number, number]): Scale {
	if (Number.isFinite(high - low))
		return {
			to: (x) => Math.log((x - low) / (high - x)),
			back: (x) => low + (high - low) / (1 + Math.exp(-x)),
			slope: (x) => (high - low) / ((x - low) * (high - x)),
		};
	if (Number.isFinite(low))
		return {
			to: (x) => Math.log(x - low),
			back: (x) => low + Math.exp(x),
			slope: (x) => 1 / (x - low),
		};
	if (Number.isFinite(high))
		return {
			to: (x) => -Math.log(high - x),
			back: (x) => high - Math.exp(-x),
			slope: (x) => 1 / (high - x),
		};
	return { to: (x) => x, back: (x) => x, slope: () => 1 };
}
