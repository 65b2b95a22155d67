"""Trains the baseline and prints its figures on held-out customers."""

from __future__ import annotations

import argparse

from churn.baseline import LogisticBaseline
from churn.columns import LABEL
from churn.loader import load_rows
from churn.metrics import average_precision, recall_at_precision
from churn.{{module}} import prepare


def evaluate(path: str, seed: int) -> dict[str, float]:
    """Figures of the baseline for one split."""
    train, held_out = prepare(load_rows(path), seed)
    scores = LogisticBaseline().fit(train).predict(held_out)
    labels = [row[LABEL] for row in held_out]
    return {
        "rows": len(held_out),
        "positive share": sum(labels) / len(labels),
        "PR-AUC": average_precision(labels, scores),
        "recall at precision 0.30": recall_at_precision(labels, scores, 0.30),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="data/customers.csv")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for name, value in evaluate(args.data, args.seed).items():
        print(f"{name}: {value:.4g}")


if __name__ == "__main__":
    main()
