// The few distributions our tests need, exact to about 1e-14 absolute. What
// small libraries offer is right to three digits (normal quantile) or seven (t).
import { bisect } from "simple-statistics";

const DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);
const density = (x: number) => DENSITY_AT_ZERO * Math.exp((-x * x) / 2);

/** 1/2 + density · (x + x³/3 + x⁵/(3·5) + …) (Marsaglia 2004, J. Stat. Software 11/4). */
export function normalCdf(x: number): number {
	if (Math.abs(x) > 8.2) return x > 0 ? 1 : 0;
	let [sum, term, before] = [x, x, Number.NaN];
	for (let k = 3; sum !== before; k += 2) {
		before = sum;
		term *= (x * x) / k;
		sum += term;
	}
	return 0.5 + density(x) * sum;
}

export const normalQuantile = (p: number): number =>
	quantile(normalCdf, p, 8.2);

/**
 * P(T <= t) for a whole number of degrees of freedom, by the finite series in
 * cos² of atan(t / sqrt(df)) (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
 */
export function studentCdf(t: number, df: number): number {
	if (!Number.isFinite(t)) return t > 0 ? 1 : 0;
	const angle = Math.atan(t / Math.sqrt(df));
	const cosine = Math.cos(angle);
	const isOdd = df % 2 === 1;
	let term = isOdd ? cosine : 1;
	let sum = df === 1 ? 0 : term;
	for (let k = isOdd ? 3 : 2; k <= df - 2 && term > 1e-18; k += 2) {
		term *= (cosine ** 2 * (k - 1)) / k;
		sum += term;
	}
	const within = isOdd
		? (2 / Math.PI) * (angle + Math.sin(angle) * sum)
		: Math.sin(angle) * sum;
	return (1 + within) / 2;
}

export const studentQuantile = (p: number, df: number): number =>
	quantile((t) => studentCdf(t, df), p, 10);

/** Two-sided p of a t statistic. */
export const studentP = (t: number, df: number): number =>
	2 * studentCdf(-Math.abs(t), df);

/** P(X <= k) and P(X = k) of `n` throws of a fair coin. */
export function fairCoin(k: number, n: number): { below: number; at: number } {
	// From the likeliest count of the tail downwards, in logarithms against underflow.
	let log = -n * Math.LN2;
	for (let i = 1; i <= k; i++) log += Math.log((n - i + 1) / i);
	const at = Math.exp(log);
	let [below, term] = [0, at];
	for (let i = k; i >= 0 && term > 0; i--) {
		below += term;
		term *= i / (n - i + 1);
	}
	return { below, at };
}

/** Of a distribution symmetric about zero; `far` is where to look first. */
function quantile(cdf: (x: number) => number, p: number, far: number): number {
	if (p === 0.5) return 0;
	if (p < 0.5) return -quantile(cdf, 1 - p, far);
	let high = far;
	while (cdf(high) < p) high *= 2;
	return bisect((x) => cdf(x) - p, 0, high, 200, 1e-14 * high);
}
