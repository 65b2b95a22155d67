import { randomOf } from "./random.ts";

/**
 * Each call draws as many groups as there are, with replacement, and gives
 * every row its group's count. The same array every time: use it before the next.
 */
export function resampler(
	groups: readonly string[],
	key: string,
): () => Float64Array {
	const random = randomOf(`bootstrap ${key}`);
	const names = new Map<string, number>();
	const groupOf = Uint32Array.from(groups, (name) => {
		const index = names.get(name) ?? names.size;
		names.set(name, index);
		return index;
	});
	const drawn = new Float64Array(names.size);
	const weights = new Float64Array(groups.length);
	return () => {
		drawn.fill(0);
		for (let i = 0; i < drawn.length; i++) {
			const chosen = random.below(drawn.length);
			drawn[chosen] = (drawn[chosen] as number) + 1;
		}
		for (let row = 0; row < weights.length; row++)
			weights[row] = drawn[groupOf[row] as number] as number;
		return weights;
	};
}
