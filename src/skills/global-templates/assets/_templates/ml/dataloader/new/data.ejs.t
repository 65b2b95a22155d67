---
to: <%= name %>/data.py
unless_exists: true
---
"""Reads the table, checks it, and splits it once. Nothing is fitted here."""
from dataclasses import dataclass
from typing import Optional

import pandas as pd
from sklearn.model_selection import GroupShuffleSplit, train_test_split


@dataclass(frozen=True)
class Source:
    table: str
    target: str
    # Whose rows repeat (a customer, a patient, a device); None when no row does.
    group: Optional[str]
    # When a row was known; None when the rows have no order.
    time: Optional[str]
    test_share: float = 0.25
    seed: int = 0


@dataclass(frozen=True)
class Part:
    X: pd.DataFrame
    y: pd.Series
    # Rows of one owner count as one when an interval is made.
    owner: pd.Series


def load(source):
    """The training part and the test part."""
    table = pd.read_csv(source.table)
    check(table, source)
    train, test = split(table, source)
    return part(table.loc[train], source), part(table.loc[test], source)


def check(table, source):
    for name in filter(None, (source.target, source.group, source.time)):
        if name not in table:
            raise ValueError(f"no column {name!r}; there are {', '.join(table)}")
    if table[source.target].isna().any():
        raise ValueError(f"the target {source.target!r} is missing in some rows")
    if table[source.target].nunique() < 2:
        raise ValueError(f"the target {source.target!r} never changes")


def split(table, source):
    """Labels of the rows of each part: the past before the future, owners on one side."""
    if source.time:
        moments = pd.to_datetime(table[source.time])
        cut = moments.quantile(1 - source.test_share, interpolation="higher")
        train, test = table.index[moments < cut], table.index[moments >= cut]
    elif source.group:
        folds = GroupShuffleSplit(
            n_splits=1, test_size=source.test_share, random_state=source.seed
        )
        rows = next(folds.split(table, groups=table[source.group]))
        train, test = (table.index[part] for part in rows)
    else:
        train, test = train_test_split(
            table.index,
            test_size=source.test_share,
            stratify=table[source.target],
            random_state=source.seed,
        )
    if len(train) == 0 or len(test) == 0:
        raise ValueError("one part of the split is empty")
    return train, test


def part(rows, source):
    apart = [n for n in (source.target, source.group, source.time) if n]
    owner = rows[source.group] if source.group else rows.index.to_series()
    return Part(rows.drop(columns=apart), rows[source.target], owner)
