/**
 * p-values that may be held against alpha although there are several: the
 * smallest counts as often as there are tests, the next one time less, and none
 * counts less than a smaller one (Holm 1979, Scand. J. Statistics 6:65).
 */
export function holm(pValues: readonly number[]): number[] {
	const order = [...pValues.keys()].sort(
		(a, b) => (pValues[a] as number) - (pValues[b] as number),
	);
	const adjusted = new Array<number>(pValues.length);
	let least = 0;
	for (const [rank, i] of order.entries()) {
		const stretched = (pValues[i] as number) * (pValues.length - rank);
		least = Math.max(least, Math.min(1, stretched));
		adjusted[i] = least;
	}
	return adjusted;
}
