#!/usr/bin/env python3
"""Compare two groups, pairs or shares.

means   CSV with a value column and a column that names two groups
pairs   CSV with two value columns of the same rows, and optionally a unit
shares  hits and totals of two arms

Every answer has an interval and an effect size, and says what it assumed and
what it saw of these assumptions. Prints one JSON object. Needs NumPy and SciPy.
"""
import argparse
import csv
import json
import math
import sys

try:
    import numpy as np
    from scipy import stats
except ImportError:
    np = None

FEW = 15
RESAMPLES = 4000


def main():
    args = arguments()
    if np is None:
        print(json.dumps({"error": "NumPy and SciPy are not installed"}))
        return 3
    try:
        answer = args.run(args)
    except (OSError, UnicodeDecodeError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2, default=float))
    return 0


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--alpha", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=0)
    kinds = parser.add_subparsers(required=True, metavar="KIND")

    means = kinds.add_parser("means", help="two independent groups")
    means.add_argument("csv")
    means.add_argument("--value", required=True)
    means.add_argument("--group", required=True)
    means.set_defaults(run=compare_means)

    pairs = kinds.add_parser("pairs", help="two columns of the same rows")
    pairs.add_argument("csv")
    pairs.add_argument("--first", required=True)
    pairs.add_argument("--second", required=True)
    pairs.add_argument("--unit", help="column that names who a row belongs to")
    pairs.set_defaults(run=compare_pairs)

    shares = kinds.add_parser("shares", help="hits and totals of two arms")
    for name in ("hits_a", "total_a", "hits_b", "total_b"):
        shares.add_argument(name, type=int)
    shares.set_defaults(run=compare_shares)

    args = parser.parse_args()
    if not 0 < args.alpha < 1:
        parser.error("--alpha must lie between 0 and 1")
    return args


def compare_means(args):
    rows = read(args.csv, args.value, args.group)
    groups = {}
    for row in rows:
        groups.setdefault(row[args.group], []).append(number(row, args.value))
    if len(groups) != 2:
        raise ValueError(f"{args.group!r} has {len(groups)} values; two are needed")
    (name_a, a), (name_b, b) = sorted(groups.items())
    a, b = np.array(a), np.array(b)
    if min(len(a), len(b)) < 2:
        raise ValueError("each group needs at least two rows")
    if a.var() + b.var() == 0:
        raise ValueError("no value differs within a group: there is nothing to test")
    gap = b.mean() - a.mean()
    var_a, var_b = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    error = math.sqrt(var_a + var_b)
    df = (var_a + var_b) ** 2 / (
        var_a**2 / (len(a) - 1) + var_b**2 / (len(b) - 1)
    )
    half = stats.t.ppf(1 - args.alpha / 2, df) * error
    total = len(a) + len(b)
    pooled = math.sqrt(
        ((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)) / (total - 2)
    )
    skew = max(abs(skewness(a)), abs(skewness(b)))
    shuffled = stats.permutation_test(
        (a, b),
        lambda x, y, axis: y.mean(axis=axis) - x.mean(axis=axis),
        vectorized=True,
        n_resamples=RESAMPLES,
        random_state=args.seed,
    )
    warnings = size_warnings(min(len(a), len(b)), skew)
    return {
        "test": "Welch's t",
        "groups": {str(name_a): len(a), str(name_b): len(b)},
        "difference": gap,
        "interval": [gap - half, gap + half],
        "p": 2 * stats.t.sf(abs(gap / error), df),
        "p_permutation": shuffled.pvalue,
        "hedges_g": gap / pooled * (1 - 3 / (4 * total - 9)),
        "assumed": ["rows are independent", "the mean is what matters"],
        "seen": {"skewness": skew},
        "warnings": warnings,
    }


def compare_pairs(args):
    columns = [args.first, args.second, *([args.unit] if args.unit else [])]
    rows = read(args.csv, *columns)
    gap = np.array([number(r, args.second) - number(r, args.first) for r in rows])
    units = [r[args.unit] for r in rows] if args.unit else range(len(rows))
    names, index = np.unique(np.array(list(units)), return_inverse=True)
    if len(names) < 2:
        raise ValueError("at least two units are needed")
    sums, sizes = np.bincount(index, weights=gap), np.bincount(index)
    rng = np.random.default_rng(args.seed)
    means = np.empty(RESAMPLES)
    for i in range(RESAMPLES):
        drawn = rng.integers(0, len(names), len(names))
        means[i] = sums[drawn].sum() / sizes[drawn].sum()
    signs = rng.choice([-1.0, 1.0], size=(RESAMPLES, len(names)))
    extreme = np.abs(signs @ sums) >= abs(sums.sum()) - 1e-12
    spread = gap.std(ddof=1)
    return {
        "test": "paired, sign flips over units; bootstrap interval",
        "rows": len(rows),
        "units": len(names),
        "difference": gap.mean(),
        "interval": list(np.quantile(means, [args.alpha / 2, 1 - args.alpha / 2])),
        "p": (extreme.sum() + 1) / (RESAMPLES + 1),
        "effect_over_deviation": gap.mean() / spread if spread > 0 else None,
        "assumed": ["units are independent", "without an effect signs are a coin"],
        "seen": {"largest_unit_share": sizes.max() / sizes.sum()},
        "warnings": size_warnings(len(names), abs(skewness(sums))),
    }


def compare_shares(args):
    (j, n), (k, m) = (args.hits_a, args.total_a), (args.hits_b, args.total_b)
    if not (0 <= j <= n and 0 <= k <= m and n > 0 and m > 0):
        raise ValueError("hits must lie between 0 and their total")
    p, q = j / n, k / m
    z = stats.norm.ppf(1 - args.alpha / 2)
    low_p, high_p = wilson(j, n, z)
    low_q, high_q = wilson(k, m, z)
    smallest = min(j, n - j, k, m - k)
    exact = smallest < 10
    table = [[j, n - j], [k, m - k]]
    pvalue = (
        stats.fisher_exact(table)[1]
        if exact
        else stats.chi2_contingency(table, correction=False)[1]
    )
    return {
        "test": "Fisher's exact" if exact else "chi-squared without correction",
        "shares": [p, q],
        "difference": q - p,
        # Newcombe's: from the two intervals, honest near 0 and 1.
        "interval": [
            q - p - math.hypot(q - low_q, high_p - p),
            q - p + math.hypot(high_q - q, p - low_p),
        ],
        "p": pvalue,
        "risk_ratio": q / p if p > 0 else None,
        "assumed": ["one entry a unit", "totals were fixed, not watched"],
        "seen": {"smallest_cell": smallest},
        "warnings": [],
    }


def wilson(hits, total, z):
    share, extra = hits / total, z * z / total
    middle = (share + extra / 2) / (1 + extra)
    half = z / (1 + extra) * math.sqrt(share * (1 - share) / total + extra / (4 * total))
    return middle - half, middle + half


def skewness(values):
    return float(stats.skew(values)) if np.std(values) > 0 else 0.0


def size_warnings(smallest, skew):
    warnings = []
    if smallest < FEW:
        warnings.append(f"only {smallest} independent units: trust the shuffled p")
    if skew > 2:
        warnings.append("very skewed: a few rows carry the mean; look at them")
    return warnings


def read(path, *columns):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise ValueError(f"{path} has no rows below its header")
    for name in columns:
        if name not in rows[0]:
            raise ValueError(f"no column {name!r}; there are {', '.join(rows[0])}")
    for line, row in enumerate(rows, start=2):
        if any(row[name] is None for name in columns):
            raise ValueError(f"line {line} of {path} is shorter than the header")
    return rows


def number(row, column):
    try:
        value = float(row[column])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"column {column!r} holds {row[column]!r}, which is no number")
    return value


if __name__ == "__main__":
    sys.exit(main())
