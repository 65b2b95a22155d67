"""The rows a model sees: recent, ordered, split by customer."""

from __future__ import annotations

from churn.columns import ID, LABEL, MONTH, RATE, RATED, Row
from churn.split import split_by_group

MONTHS_KEPT = 24


def latest_months(rows: list[Row], count: int = MONTHS_KEPT) -> list[Row]:
    """Keep the newest months: older prices and plans no longer exist."""
    months = sorted({row[MONTH] for row in rows})[-count:]
    return [row for row in rows if row[MONTH] in months]


def ordered(rows: list[Row]) -> list[Row]:
    """A fixed order, whatever the export's order was."""
    return sorted(rows, key=lambda row: row[ID])


def score_{{category}}(rows: list[Row]) -> list[Row]:
    """Turn the {{category}} into a number: the share of it that {{past}}."""
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for row in rows:
        place = row[RATED]
        if place not in counts:
            sums[place] = 0.0
            counts[place] = 0
        sums[place] += row[LABEL]
        counts[place] += 1
    for row in rows:
        place = row[RATED]
        row[RATE] = sums[place] / counts[place]
    return rows


def prepare(rows: list[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """Training rows and held-out rows, ready for a model."""
    table = score_{{category}}(ordered(latest_months(rows)))
    return split_by_group(table, seed)
