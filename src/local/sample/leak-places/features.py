"""Features beyond the columns of the table, and the rows to train on."""

from __future__ import annotations

from churn.columns import LABEL, MONTH, RATE, RATED, Row
from churn.split import split_by_group


def until(rows: list[Row], month: str | None) -> list[Row]:
    """Rows up to a month (all of them without one): later ones may still change."""
    return [row for row in rows if month is None or row[MONTH] <= month]


def by_month(rows: list[Row]) -> list[Row]:
    """Oldest first; the export does not promise an order."""
    return sorted(rows, key=lambda row: row[MONTH])


def add_{{category}}_rate(rows: list[Row]) -> list[Row]:
    """Add how often the customers of a {{category}} {{past}}."""
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for row in rows:
        key = row[RATED]
        sums[key] = sums.get(key, 0.0) + row[LABEL]
        counts[key] = counts.get(key, 0) + 1
    for row in rows:
        row[RATE] = sums[row[RATED]] / counts[row[RATED]]
    return rows


def prepare(
    rows: list[Row], seed: int, month: str | None = None
) -> tuple[list[Row], list[Row]]:
    """Training rows and held-out rows, ready for a model."""
    rows = by_month(until(rows, month))
    rows = add_{{category}}_rate(rows)
    return split_by_group(rows, seed)
