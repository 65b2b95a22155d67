"""Splits rows so that no customer stands on both sides."""

from __future__ import annotations

import random

from churn.columns import GROUP, Row


def split_by_group(
    rows: list[Row], seed: int, held_out: float = 0.2
) -> tuple[list[Row], list[Row]]:
    """Return (train, held out); held_out is the share of customers."""
    groups = sorted({row[GROUP] for row in rows})
    random.Random(seed).shuffle(groups)
    chosen = set(groups[: round(len(groups) * held_out)])
    train = [row for row in rows if row[GROUP] not in chosen]
    rest = [row for row in rows if row[GROUP] in chosen]
    return train, rest
