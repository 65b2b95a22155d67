#!/usr/bin/env python3
"""Draw how far predicted probabilities can be believed, and measure it.

CSV with a probability and a 0/1 label a row, of rows the model was not fitted
on. Bins hold equally many rows; bars are 95 % intervals. Writes a figure and
prints one JSON object. Needs Matplotlib.
"""
import argparse
import json
import sys

try:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd
except ImportError:
    plt = None


def main():
    args = arguments()
    if plt is None:
        print(json.dumps({"error": "Matplotlib and pandas are not installed"}))
        return 3
    try:
        score, label = read(args)
        bins = bins_of(score, label, args.bins)
        answer = measure(score, label, bins)
        draw(score, bins, answer, args.out)
    except (OSError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps({**answer, "bins": bins, "figure": args.out}, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--score", required=True, help="column of probabilities")
    parser.add_argument("--label", required=True, help="column of 0 and 1")
    parser.add_argument("--bins", type=int, default=10)
    parser.add_argument("--out", default="calibration.png")
    args = parser.parse_args()
    if args.bins < 2:
        parser.error("--bins must be at least 2")
    return args


def read(args):
    table = pd.read_csv(args.table)
    for name in (args.score, args.label):
        if name not in table:
            raise ValueError(f"no column {name!r}; there are {', '.join(table)}")
    score = pd.to_numeric(table[args.score], errors="coerce").to_numpy()
    label = pd.to_numeric(table[args.label], errors="coerce").to_numpy()
    if not ((score >= 0) & (score <= 1)).all():
        raise ValueError(f"column {args.score!r} must hold probabilities from 0 to 1")
    if set(np.unique(label)) != {0.0, 1.0}:
        raise ValueError(f"column {args.label!r} must hold both 0 and 1, and no other")
    if len(score) < 10 * args.bins:
        raise ValueError(f"{len(score)} rows are too few for {args.bins} bins")
    return score, label


def bins_of(score, label, count):
    found = []
    for rows in np.array_split(np.argsort(score, kind="stable"), count):
        share, n, z = label[rows].mean(), len(rows), 1.96
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        found.append({
            "rows": n,
            "predicted": float(score[rows].mean()),
            "happened": float(share),
            # At shares of 0 and 1 rounding would leave the share outside.
            "interval": [float(min(middle - half, share)), float(max(middle + half, share))],
        })
    return found


def measure(score, label, bins):
    base = label.mean()
    intercept, slope = recalibration(score, label)
    gaps = [abs(b["predicted"] - b["happened"]) * b["rows"] for b in bins]
    return {
        "rows": len(score),
        "base_rate": float(base),
        "mean_score": float(score.mean()),
        "brier": float(np.mean((score - label) ** 2)),
        "brier_of_base_rate": float(base * (1 - base)),
        "expected_calibration_error": float(sum(gaps) / len(score)),
        # 1 is right; below 1 the scores are too extreme.
        "slope": slope,
        "intercept": intercept,
    }


def recalibration(score, label):
    """Logistic regression of the label on the logit of its score, by Newton's steps."""
    clipped = np.clip(score, 1e-6, 1 - 1e-6)
    X = np.column_stack([np.ones(len(score)), np.log(clipped / (1 - clipped))])
    weights = np.array([0.0, 1.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(X @ weights, -30, 30)))
        hessian = X.T @ (X * (p * (1 - p))[:, None]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, X.T @ (label - p))
        weights += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    return float(weights[0]), float(weights[1])


def draw(score, bins, answer, out):
    figure, (axes, counts) = plt.subplots(
        2, figsize=(4.6, 5.4), sharex=True, height_ratios=[4, 1], layout="constrained"
    )
    x = [b["predicted"] for b in bins]
    y = np.array([b["happened"] for b in bins])
    ends = np.array([b["interval"] for b in bins]).T
    axes.plot([0, 1], [0, 1], color="0.6", lw=1, ls="--", label="ideal")
    axes.errorbar(
        x, y, yerr=[y - ends[0], ends[1] - y], fmt="o", ms=4, color="#0072B2",
        capsize=2, label="observed, 95 % interval",
    )
    axes.set(
        ylabel="share that happened", xlim=(-0.01, 1.01), ylim=(-0.01, 1.01),
        title=f"Calibration on {answer['rows']} held-out rows",
    )
    axes.legend(frameon=False, loc="upper left")
    counts.hist(score, bins=20, range=(0, 1), color="0.6")
    counts.set(xlabel="predicted probability", ylabel="rows")
    for part in (axes, counts):
        part.spines[["top", "right"]].set_visible(False)
    figure.savefig(out, dpi=150)


if __name__ == "__main__":
    sys.exit(main())
