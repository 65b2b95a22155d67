"""What SciPy, statsmodels and scikit-learn make of fixed inputs, for our tests to agree with.

    python3 scripts/statistics-fixtures.py > test/ml/evaluation/fixtures/statistics.json

Debian 12's python3-sklearn 1.2.1, python3-scipy 1.10.1 and python3-statsmodels
0.13.5 wrote the file that is checked in. It says the versions itself.
"""

import json
import sys
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn import metrics as sk
from sklearn.linear_model import LogisticRegression, Ridge
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

warnings.filterwarnings("ignore")


def binary(seed, rows, prevalence, ties):
    rng = np.random.default_rng(seed)
    truth = (rng.random(rows) < prevalence).astype(int)
    truth[:2] = [0, 1]
    score = 1 / (1 + np.exp(-(rng.standard_normal(rows) + 1.5 * truth - 0.7)))
    score = np.round(score, 1 if ties else 6)
    said = (score >= 0.5).astype(int)
    return {
        "truth": truth.tolist(),
        "prediction": score.tolist(),
        "metrics": {
            "pr_auc": sk.average_precision_score(truth, score),
            "roc_auc": sk.roc_auc_score(truth, score),
            "accuracy": sk.accuracy_score(truth, said),
            "f1": sk.f1_score(truth, said),
            "balanced_accuracy": sk.balanced_accuracy_score(truth, said),
            "mcc": sk.matthews_corrcoef(truth, said),
            "precision": sk.precision_score(truth, said),
            "recall": sk.recall_score(truth, said),
            "log_loss": sk.log_loss(truth, score),
            "brier": sk.brier_score_loss(truth, score),
        },
    }


def multiclass(seed, rows, ties):
    rng = np.random.default_rng(seed)
    truth = np.sort(rng.choice(3, rows, p=[0.5, 0.3, 0.2]))
    odds = np.exp(rng.standard_normal((rows, 3)) + 1.2 * np.eye(3)[truth])
    shares = np.round(odds / odds.sum(axis=1, keepdims=True), 1 if ties else 6)
    shares[:, 2] = np.round(1 - shares[:, 0] - shares[:, 1], 6)
    said = shares.argmax(axis=1)
    return {
        "truth": truth.tolist(),
        "prediction": shares.flatten().tolist(),
        "metrics": {
            "accuracy": sk.accuracy_score(truth, said),
            "balanced_accuracy": sk.balanced_accuracy_score(truth, said),
            "f1": sk.f1_score(truth, said, average="macro"),
            "log_loss": sk.log_loss(truth, shares),
        },
    }


def regression(seed, rows, offset):
    rng = np.random.default_rng(seed)
    truth = np.round(offset + rng.standard_normal(rows) * 3, 4)
    guess = np.round(truth + rng.standard_normal(rows), 4)
    return {
        "truth": truth.tolist(),
        "prediction": guess.tolist(),
        "metrics": {
            "mae": sk.mean_absolute_error(truth, guess),
            "rmse": sk.mean_squared_error(truth, guess, squared=False),
            "r2": sk.r2_score(truth, guess),
            # In no library: by its definition.
            "smape": float(np.mean(2 * np.abs(truth - guess) / (np.abs(truth) + np.abs(guess)))),
        },
    }


def quantiles():
    rng = np.random.default_rng(8)
    cases = []
    for quantile in (0.1, 0.5, 0.9):
        truth = np.round(rng.standard_normal(60) * 3, 4)
        guess = np.round(truth + rng.standard_normal(60), 4)
        loss = sk.mean_pinball_loss(truth, guess, alpha=quantile)
        cases.append({"quantile": quantile, "truth": truth.tolist(), "prediction": guess.tolist(), "pinball": loss})
    return cases


def scaled():
    """MASE of series, in no library: by its definition, NumPy's differences of the training rows."""
    rng = np.random.default_rng(9)
    cases = []
    for season in (1, 4):
        series = np.round(np.cumsum(rng.standard_normal(48)) + 5 * np.sin(np.arange(48) * np.pi / 2), 4)
        known, truth = series[:36], series[36:]
        guess = np.round(truth + rng.standard_normal(12), 4)
        scale = np.abs(known[season:] - known[:-season]).mean()
        last = known[-1] if season == 1 else np.tile(known[-season:], 3)
        cases.append({
            "season": season,
            "known": known.tolist(),
            "truth": truth.tolist(),
            "prediction": guess.tolist(),
            "mase": float(np.abs(truth - guess).mean() / scale),
            "naive": float(np.abs(truth - last).mean() / scale),
        })
    return cases


def lines():
    """scikit-learn's Ridge and LogisticRegression as they come, but solved to the end."""
    rng = np.random.default_rng(10)
    x, asked = (np.round(rng.standard_normal((rows, 4)), 4) for rows in (90, 10))
    value = np.round(x @ [2, -1, 0, 0.5] + 3 + rng.standard_normal(90), 4)
    label = (value > 3.5).astype(int)
    ridge = Ridge(alpha=1).fit(x, value)
    logistic = LogisticRegression(C=1, solver="newton-cg", tol=1e-12, max_iter=10_000).fit(x, label)
    return {
        "x": x.flatten().tolist(),
        "asked": asked.flatten().tolist(),
        "value": value.tolist(),
        "label": label.tolist(),
        "ridge": ridge.predict(asked).tolist(),
        "logistic": logistic.predict_proba(asked)[:, 1].tolist(),
    }


def distributions():
    students = [(t, df) for df in (1, 2, 3, 4, 9, 30, 199, 1999) for t in (-6.0, -1.0, 0.3, 2.1)]
    shares = [(p, df) for df in (1, 2, 4, 9, 199, 1999) for p in (0.01, 0.6, 0.975, 0.9995)]
    normals = (-5.0, -1.96, -0.2, 0.7, 3.3)
    coins = [(0, 0), (0, 5), (2, 5), (3, 10), (40, 100), (480, 1000), (950, 2000)]
    return {
        "studentCdf": [[t, df, stats.t.cdf(t, df)] for t, df in students],
        "studentQuantile": [[p, df, stats.t.ppf(p, df)] for p, df in shares],
        "normalCdf": [[x, stats.norm.cdf(x)] for x in normals],
        "normalQuantile": [[p, stats.norm.ppf(p)] for p in (0.001, 0.025, 0.4, 0.975, 0.9999)],
        "fairCoin": [[k, n, stats.binom.cdf(k, n, 0.5), stats.binom.pmf(k, n, 0.5)] for k, n in coins],
    }


def rights():
    """[first alone right, second alone right, exact p, mid-p]; mid-p by its definition on SciPy's binomial."""
    rows = []
    for b, c in [(0, 0), (1, 0), (3, 9), (10, 10), (25, 41), (300, 260), (900, 1040)]:
        n, k = b + c, min(b, c)
        exact = mcnemar([[5, b], [c, 5]], exact=True).pvalue
        mid = min(1.0, 2 * stats.binom.cdf(k, n, 0.5) - stats.binom.pmf(k, n, 0.5))
        rows.append([b, c, float(min(1.0, exact)), float(mid)])
    return rows


def forecasts():
    """Diebold-Mariano by fixed smoothing, its variance by NumPy's Fourier transform, on SciPy's t."""
    cases = []
    for seed, rows, horizon in [(1, 40, 1), (2, 60, 3), (3, 200, 4)]:
        rng = np.random.default_rng(seed)
        d = np.round(np.convolve(rng.standard_normal(rows + horizon - 1), np.ones(horizon), "valid") + 0.3, 5)
        lowest = max(2, int(rows**0.25))
        power = np.abs(np.fft.rfft(d)[1 : lowest + 1]) ** 2 / rows
        statistic = d.mean() / np.sqrt(power.mean() / rows)
        p = 2 * stats.t.sf(abs(statistic), 2 * lowest)
        cases.append({"differences": d.tolist(), "statistic": statistic, "pValue": p})
    return cases


def adjusted():
    cases = [[0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.9], [0.02], [0.001, 0.001, 0.2, 0.04, 0.8]]
    return [[p, multipletests(p, method="holm")[1].tolist()] for p in cases]


def resampled():
    """The percentile bootstrap of a difference of mean absolute errors, paired by row, by SciPy."""
    case = regression(11, 400, 0)
    truth, model = (np.array(case[name]) for name in ("truth", "prediction"))
    rng = np.random.default_rng(12)
    baseline = np.round(truth + 1.15 * rng.standard_normal(len(truth)), 4)
    difference = np.abs(truth - baseline) - np.abs(truth - model)
    found = stats.bootstrap((difference,), np.mean, n_resamples=20_000, method="percentile", random_state=3)
    low, high = found.confidence_interval
    return {
        "truth": case["truth"],
        "model": case["prediction"],
        "baseline": baseline.tolist(),
        "difference": float(difference.mean()),
        "interval": [float(low), float(high)],
    }


def main():
    facts = {
        "versions": {
            "scikit-learn": sklearn.__version__,
            "scipy": scipy.__version__,
            "statsmodels": statsmodels.__version__,
            "numpy": np.__version__,
        },
        "binary": [binary(1, 60, 0.5, False), binary(2, 80, 0.2, True), binary(3, 200, 0.05, False)],
        "multiclass": [multiclass(6, 60, False), multiclass(7, 90, True)],
        "regression": [regression(4, 50, 0), regression(5, 50, 10_000)],
        "distributions": distributions(),
        "mcnemar": rights(),
        "dieboldMariano": forecasts(),
        "holm": adjusted(),
        "bootstrap": resampled(),
        "quantiles": quantiles(),
        "scaled": scaled(),
        "lines": lines(),
    }
    json.dump(facts, sys.stdout, indent=None, separators=(",", ":"))
    print()


main()
