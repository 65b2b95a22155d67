import { mean } from "simple-statistics";
import { type TTest, tTestOf } from "./t-test.ts";

/**
 * Are the losses of two forecasts equal in the mean? `differences` are those
 * losses subtracted, in time order. At horizon h they are correlated up to lag
 * h - 1, which the variance counts (Diebold and Mariano 1995, J. Business &
 * Economic Statistics 13:253); the correction for small samples and the t
 * distribution are of Harvey, Leybourne and Newbold 1997 (Int. J. Forecasting
 * 13:281). Where that variance comes out negative, Bartlett's weights, which
 * cannot, take its place.
 */
export function dieboldMariano(
	differences: readonly number[],
	horizon: number,
	alpha: number,
): TTest {
	const n = differences.length;
	const centre = mean([...differences]);
	const covariance = (lag: number) => {
		let sum = 0;
		for (let t = lag; t < n; t++)
			sum +=
				((differences[t] as number) - centre) *
				((differences[t - lag] as number) - centre);
		return sum / n;
	};
	const longRun = (weight: (lag: number) => number) => {
		let sum = covariance(0);
		for (let lag = 1; lag < horizon; lag++)
			sum += 2 * weight(lag) * covariance(lag);
		return sum;
	};
	const plain = longRun(() => 1);
	const spread = plain > 0 ? plain : longRun((lag) => 1 - lag / horizon);
	const correction = (n + 1 - 2 * horizon + (horizon * (horizon - 1)) / n) / n;
	return tTestOf(centre, spread / n / correction, n - 1, alpha);
}
