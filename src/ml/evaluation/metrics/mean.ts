/** The weighted mean of a term over rows; rows of weight 0 are not asked. */
export function mean(
	length: number,
	weights: ArrayLike<number> | undefined,
	term: (i: number) => number,
): number {
	let [sum, total] = [0, 0];
	for (let i = 0; i < length; i++) {
		const weight = weights?.[i] ?? 1;
		if (weight === 0) continue;
		sum += weight * term(i);
		total += weight;
	}
	return sum / total;
}
