// Seeded draws: the same seed gives the same table on every machine.

/** Mulberry32: 32 bits of state, good enough to draw a table. */
export class Draws {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** Uniform in [0, 1). */
	uniform(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	chance(probability: number): boolean {
		return this.uniform() < probability;
	}

	/** Standard normal: twelve uniforms, no transcendental function involved. */
	normal(mean: number, deviation: number): number {
		let sum = -6;
		for (let i = 0; i < 12; i++) sum += this.uniform();
		return mean + deviation * sum;
	}

	/** Number of events in a quarter at a low rate: binomial of 20 trials. */
	count(mean: number): number {
		let events = 0;
		for (let i = 0; i < 20; i++) if (this.chance(mean / 20)) events++;
		return events;
	}

	pick<T>(choices: readonly (readonly [T, number])[]): T {
		let left = this.uniform() * choices.reduce((sum, [, w]) => sum + w, 0);
		for (const [value, weight] of choices) {
			left -= weight;
			if (left < 0) return value;
		}
		const last = choices.at(-1);
		if (!last) throw new RangeError("pick needs at least one choice");
		return last[0];
	}
}
