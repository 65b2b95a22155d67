import { mean } from "simple-statistics";
import { type TTest, tTestOf } from "./t-test.ts";

/**
 * Are the losses of two forecasts equal in the mean (Diebold and Mariano 1995,
 * J. Business & Economic Statistics 13:253)? `differences` are those losses
 * subtracted, in time order; neighbours may be correlated, as they are when the
 * forecast reaches several steps ahead. The variance is the mean of the
 * periodogram at the m lowest frequencies, the distribution t with 2m degrees
 * of freedom (Coroneo and Iacone 2020, J. Applied Econometrics 35:391). The
 * correction of Harvey, Leybourne and Newbold 1997 rejects too often from
 * horizon 4 on: 5.8 % of 200 forecasts, and 7.3 % at horizon 12.
 */
export function dieboldMariano(
	differences: readonly number[],
	alpha: number,
): TTest {
	const n = differences.length;
	const lowest = Math.max(2, Math.floor(n ** 0.25));
	let power = 0;
	for (let k = 1; k <= lowest; k++) power += periodogram(differences, k);
	return tTestOf(mean([...differences]), power / lowest / n, 2 * lowest, alpha);
}

/** At frequency k / n: what varies with that period, as a variance. */
function periodogram(values: readonly number[], k: number): number {
	let [real, imaginary] = [0, 0];
	for (const [t, value] of values.entries()) {
		const angle = (2 * Math.PI * k * t) / values.length;
		real += value * Math.cos(angle);
		imaginary += value * Math.sin(angle);
	}
	return (real ** 2 + imaginary ** 2) / values.length;
}
