// Agreement with SciPy, statsmodels and scikit-learn, without Python: what they
// say is checked in, and scripts/statistics-fixtures.py says it again.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compareSystems } from "../../../src/ml/evaluation/bootstrap.ts";
import { score } from "../../../src/ml/evaluation/metrics.ts";
import { dieboldMariano } from "../../../src/ml/evaluation/statistics/diebold-mariano.ts";
import {
	fairCoin,
	normalCdf,
	normalQuantile,
	studentCdf,
	studentQuantile,
} from "../../../src/ml/evaluation/statistics/distributions.ts";
import { holm } from "../../../src/ml/evaluation/statistics/holm.ts";
import { mcNemar } from "../../../src/ml/evaluation/statistics/mcnemar.ts";
import type { MetricName } from "../../../src/reports/evaluation-plan.ts";

interface Case {
	truth: number[];
	prediction: number[];
	metrics: Record<MetricName, number>;
}

const facts = JSON.parse(
	readFileSync(
		new URL("fixtures/statistics.json", import.meta.url).pathname,
		"utf8",
	),
) as {
	binary: Case[];
	multiclass: Case[];
	regression: Case[];
	distributions: Record<string, number[][]>;
	mcnemar: [number, number, number, number][];
	dieboldMariano: {
		differences: number[];
		statistic: number;
		pValue: number;
	}[];
	holm: [number[], number[]][];
	bootstrap: {
		truth: number[];
		model: number[];
		baseline: number[];
		difference: number;
		interval: [number, number];
	};
};

/** Equal to 1e-8, of the value where it is large. */
const same = (got: number, said: number, what: string) =>
	expect(Math.abs(got - said), what).toBeLessThan(
		1e-8 * Math.max(1, Math.abs(said)),
	);

test("metrics agree with scikit-learn to 1e-8", () => {
	for (const { truth, prediction, metrics } of [
		...facts.binary,
		...facts.multiclass,
		...facts.regression,
	])
		for (const [name, said] of Object.entries(metrics))
			same(score(name as MetricName, truth, prediction), said, name);
});

describe("distributions agree with SciPy to 1e-8", () => {
	const agrees = (name: string, ours: (...x: number[]) => number[]) =>
		test(name, () => {
			for (const row of facts.distributions[name] ?? []) {
				const got = ours(...row);
				const said = row.slice(-got.length);
				for (const [i, value] of got.entries())
					same(value, said[i] as number, row.join());
			}
		});
	agrees("studentCdf", (t = 0, df = 0) => [studentCdf(t, df)]);
	agrees("studentQuantile", (p = 0, df = 0) => [studentQuantile(p, df)]);
	agrees("normalCdf", (x = 0) => [normalCdf(x)]);
	agrees("normalQuantile", (p = 0) => [normalQuantile(p)]);
	agrees("fairCoin", (k = 0, n = 0) => {
		const { below, at } = fairCoin(k, n);
		return [below, at];
	});
});

test("McNemar's exact p agrees with statsmodels, its mid-p with the definition", () => {
	for (const [first, second, exact, mid] of facts.mcnemar) {
		const got = mcNemar(first, second);
		same(got.exact, exact, `exact ${first}, ${second}`);
		same(got.pValue, mid, `mid-p ${first}, ${second}`);
	}
});

test("Diebold and Mariano's test agrees with NumPy's Fourier transform and SciPy's t", () => {
	for (const { differences, ...said } of facts.dieboldMariano) {
		const got = dieboldMariano(differences, 0.05);
		same(got.statistic, said.statistic, "statistic");
		same(got.pValue, said.pValue, "p");
	}
});

test("Holm's adjustment agrees with statsmodels", () => {
	for (const [pValues, said] of facts.holm)
		for (const [i, p] of holm(pValues).entries())
			same(p, said[i] as number, pValues.join());
});

test("the paired bootstrap agrees with SciPy's to a twentieth of the interval's width", () => {
	const { truth, model, baseline, difference, interval } = facts.bootstrap;
	const got = compareSystems(
		"mae",
		{
			truth,
			model: [model],
			baseline: [baseline],
			groups: truth.map((_, row) => `${row}`),
		},
		{ alpha: 0.05, key: "agreement", replicates: 4_000 },
	);
	same(got.difference, difference, "difference");
	const width = interval[1] - interval[0];
	for (const end of [0, 1] as const)
		expect(
			Math.abs(got.differenceInterval[end] - interval[end]) / width,
		).toBeLessThan(0.05);
});
