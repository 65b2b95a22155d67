// Agreement with SciPy, statsmodels and scikit-learn, without Python: what they
// say is checked in, and scripts/statistics-fixtures.py says it again.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
	linear,
	logistic,
	ridge,
	sigmoid,
} from "../../../src/ml/evaluation/baselines/linear-fit.ts";
import {
	naiveOf,
	seasonalNaiveOf,
} from "../../../src/ml/evaluation/baselines/naive.ts";
import { compareSystems } from "../../../src/ml/evaluation/bootstrap.ts";
import { score } from "../../../src/ml/evaluation/metrics.ts";
import { splitRows } from "../../../src/ml/evaluation/split.ts";
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
import { readSubject } from "../../../src/ml/evaluation/subject.ts";
import { termsOf } from "../../../src/ml/evaluation/terms.ts";
import {
	EvaluationContract,
	type MetricName,
} from "../../../src/reports/evaluation-plan.ts";

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
	quantiles: {
		quantile: number;
		truth: number[];
		prediction: number[];
		pinball: number;
	}[];
	scaled: {
		season: number;
		known: number[];
		truth: number[];
		prediction: number[];
		mase: number;
		naive: number;
	}[];
	lines: Record<
		"x" | "asked" | "value" | "label" | "ridge" | "logistic",
		number[]
	>;
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

test("the pinball loss agrees with scikit-learn", () => {
	for (const { quantile, truth, prediction, pinball } of facts.quantiles)
		same(
			score("pinball", truth, prediction, { quantile }),
			pinball,
			`quantile ${quantile}`,
		);
});

test("MASE and the naive forecasts agree with NumPy's differences", () => {
	for (const {
		season,
		known,
		truth,
		prediction,
		mase,
		naive,
	} of facts.scaled) {
		const labels = [...known, ...truth];
		const contract = EvaluationContract.parse({
			...{ task: "regression", data: "d.csv", label: "y", positive: "none" },
			...{ id: "t", seeds: [1, 2, 3], secondary: [], slices: [], alpha: 0.05 },
			split: { kind: "time", group: "t", held_out: 0.25 },
			primary: { metric: "mase", minimum_delta: 0 },
			...(season > 1 ? { season } : {}),
		});
		const table = `t,y\n${labels.map((y, t) => `${t},${y}`).join("\n")}\n`;
		const subject = readSubject(contract, new TextEncoder().encode(table));
		if ("faults" in subject) throw new Error(subject.faults.join());
		const split = splitRows(subject);
		const terms = termsOf(subject, split, split.heldOut);
		same(score("mase", truth, prediction, terms), mase, `season ${season}`);
		const forecast =
			season > 1
				? seasonalNaiveOf(subject, split, season)
				: naiveOf(subject, split);
		same(score("mase", truth, forecast, terms), naive, `naive ${season}`);
	}
});

test("the linear baseline's fits agree with scikit-learn's Ridge and LogisticRegression", () => {
	const { x, asked, value, label, ...said } = facts.lines;
	const matrix = (values: number[]) => ({
		width: 4,
		values: Float64Array.from(values),
	});
	const lines = linear(matrix(asked), ridge(matrix(x), value));
	const shares = linear(matrix(asked), logistic(matrix(x), label)).map(sigmoid);
	for (const [i, guess] of lines.entries())
		same(guess, said.ridge[i] as number, `ridge ${i}`);
	for (const [i, guess] of shares.entries())
		same(guess, said.logistic[i] as number, `logistic ${i}`);
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
