import { sha256 } from "../../run/digest.ts";

/** Random numbers that depend on the key alone: same key, same numbers. */
export interface Random {
	/** In [0, 1), 32 bits of it. */
	next(): number;
	/** An integer in [0, limit). */
	below(limit: number): number;
	/** A shuffled copy (Fisher and Yates). */
	shuffle<T>(items: readonly T[]): T[];
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded from a digest of the key. */
export function randomOf(key: string): Random {
	const digest = sha256(key);
	const word = (i: number) =>
		Number.parseInt(digest.slice(i * 8, i * 8 + 8), 16);
	let [a, b, c, counter] = [word(0), word(1), word(2), 1];
	function next(): number {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 2 ** 32;
	}
	const below = (limit: number) => Math.floor(next() * limit);
	for (let i = 0; i < 12; i++) next();
	return {
		next,
		below,
		shuffle(items) {
			const copy = [...items];
			for (let i = copy.length - 1; i > 0; i--) {
				const j = below(i + 1);
				const kept = copy[i] as (typeof copy)[number];
				copy[i] = copy[j] as (typeof copy)[number];
				copy[j] = kept;
			}
			return copy;
		},
	};
}
