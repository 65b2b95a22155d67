"""Turns rows into numbers, learning only from the rows it is fitted on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from churn.columns import ARRIVES_LATE, CATEGORICAL, GROUP, LABEL, NUMERIC, Row

# Columns that may be written after scoring day are left out on purpose.
NUMBERS = tuple(name for name in NUMERIC if name not in ARRIVES_LATE)
FEATURES = NUMBERS + CATEGORICAL

Vector = list[float | None]


class TargetEncoder:
    """Positive share per category, drawn towards the overall share when rare."""

    def __init__(self, columns: Sequence[str], smoothing: float = 20.0) -> None:
        self.columns = list(columns)
        self.smoothing = smoothing
        self.overall = 0.0
        self.shares: dict[str, dict[str, float]] = {}

    def fit(self, train: Sequence[Row]) -> TargetEncoder:
        """Learn the shares from training rows."""
        self.overall = sum(row[LABEL] for row in train) / max(len(train), 1)
        for column in self.columns:
            self.shares[column] = self._learn(train, column)
        return self

    def share(self, row: Row, column: str) -> float:
        """The share of the row's category; unseen ones get the overall share."""
        return self.shares[column].get(row[column], self.overall)

    def _learn(self, train: Sequence[Row], column: str) -> dict[str, float]:
        members: dict[str, list[int]] = {}
        for row in train:
            members.setdefault(row[column], []).append(row[LABEL])
        prior = self.smoothing * self.overall
        return {
            value: (sum(labels) + prior) / (len(labels) + self.smoothing)
            for value, labels in members.items()
        }


class RowEncoder:
    """Numbers as they are, categories as shares. Missing numbers stay None."""

    def __init__(self, smoothing: float = 20.0, folds: int = 5) -> None:
        self.smoothing = smoothing
        self.folds = folds
        self.encoder = TargetEncoder(CATEGORICAL, smoothing)

    def fit(self, train: Sequence[Row]) -> RowEncoder:
        self.encoder = TargetEncoder(CATEGORICAL, self.smoothing).fit(train)
        return self

    def transform(self, rows: Sequence[Row]) -> list[Vector]:
        """Vectors for rows the encoder was not fitted on."""
        return [vector_of(row, self.encoder) for row in rows]

    def fit_transform(self, train: Sequence[Row], seed: int) -> list[Vector]:
        """Vectors for the training rows: nobody is encoded with their own label.

        Each fold of customers is encoded with shares learnt from the other
        folds; the encoder kept for later rows has learnt from all of them.
        """
        self.fit(train)
        fold_of = assign_folds(train, self.folds, seed)
        vectors: list[Vector] = [[] for _ in train]
        for fold in range(self.folds):
            others = [row for row in train if fold_of[row[GROUP]] != fold]
            encoder = TargetEncoder(CATEGORICAL, self.smoothing).fit(others)
            for position, row in enumerate(train):
                if fold_of[row[GROUP]] == fold:
                    vectors[position] = vector_of(row, encoder)
        return vectors

    def state(self) -> dict[str, Any]:
        """What a checkpoint needs to restore the encoder."""
        return {"overall": self.encoder.overall, "shares": self.encoder.shares}

    def restore(self, state: dict[str, Any]) -> RowEncoder:
        self.encoder.overall = state["overall"]
        self.encoder.shares = state["shares"]
        return self


def vector_of(row: Row, encoder: TargetEncoder) -> Vector:
    """The row's values in the order of FEATURES."""
    numbers = [row[name] for name in NUMBERS]
    return numbers + [encoder.share(row, name) for name in CATEGORICAL]


def assign_folds(rows: Sequence[Row], folds: int, seed: int) -> dict[str, int]:
    """A fold per customer, so that one customer's rows stay together."""
    groups = sorted({row[GROUP] for row in rows})
    random.Random(seed).shuffle(groups)
    return {group: position % folds for position, group in enumerate(groups)}
