"""Scores a table with a trained model: the weekly batch."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

from churn.checkpoint import TrainedModel
from churn.columns import GROUP, ID, MONTH, Row
from churn.loader import load_rows


def newest_per_customer(rows: Sequence[Row]) -> list[Row]:
    """One row per customer: the one of the latest month."""
    newest: dict[str, Row] = {}
    for row in rows:
        known = newest.get(row[GROUP])
        if known is None or row[MONTH] > known[MONTH]:
            newest[row[GROUP]] = row
    return list(newest.values())


def rank_customers(
    rows: Sequence[Row], scores: Sequence[float], limit: int
) -> list[tuple[str, float]]:
    """The customers most likely to go, with their probability."""
    ranked = sorted(
        zip((row[GROUP] for row in rows), scores),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return ranked[:limit]


def write_predictions(
    path: str | Path, rows: Sequence[Row], scores: Sequence[float]
) -> None:
    """One line per row: its id and its probability."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        for row, score in zip(rows, scores):
            writer.writerow([row[ID], f"{score:.9f}"])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="model/model.json")
    parser.add_argument("--data", default="data/customers.csv")
    parser.add_argument("--out", default="calls.csv")
    parser.add_argument("--limit", type=int, default=80, help="customers to call")
    args = parser.parse_args(arguments)
    rows = newest_per_customer(load_rows(args.data, labelled=False))
    scores = TrainedModel.load(args.model).predict(rows)
    ranked = rank_customers(rows, scores, args.limit)
    with open(args.out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([GROUP, "probability"])
        writer.writerows((group, f"{score:.4f}") for group, score in ranked)
    print(f"{len(ranked)} customers to call in {args.out}")


if __name__ == "__main__":
    main()
