"""From loaded rows to rows a model can be trained on."""

from __future__ import annotations

from collections import defaultdict

from churn.columns import ID, LABEL, RATE, RATED, Row
from churn.split import split_by_group


def without_repeats(rows: list[Row]) -> list[Row]:
    """Drop rows that were exported twice; the first one stays."""
    seen: set[str] = set()
    kept: list[Row] = []
    for row in rows:
        if row[ID] not in seen:
            seen.add(row[ID])
            kept.append(row)
    return kept


def attach_{{category}}_share(rows: list[Row]) -> list[Row]:
    """Give each row the share of its {{category}} that {{past}}."""
    totals: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        totals[row[RATED]] += row[LABEL]
        counts[row[RATED]] += 1
    for row in rows:
        row[RATE] = totals[row[RATED]] / counts[row[RATED]]
    return rows


def prepare(rows: list[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """Training rows and held-out rows, ready for a model."""
    rows = attach_{{category}}_share(without_repeats(rows))
    train, held_out = split_by_group(rows, seed)
    return train, held_out
