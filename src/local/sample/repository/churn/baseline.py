"""The naive model to beat: logistic regression on a few columns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from churn.columns import BASELINE, LABEL, Row

EPOCHS = 60
STEP = 1.0


class LogisticBaseline:
    """Standardised columns, plain gradient descent, no randomness."""

    def __init__(self, columns: Sequence[str] = BASELINE) -> None:
        self.columns = list(columns)
        self.means = [0.0] * len(self.columns)
        self.scales = [1.0] * len(self.columns)
        self.weights = [0.0] * len(self.columns)
        self.bias = 0.0

    def fit(self, rows: Sequence[Row]) -> LogisticBaseline:
        """Learn from rows that carry the label."""
        for position, column in enumerate(self.columns):
            known = [row[column] for row in rows if row[column] is not None]
            mean = sum(known) / max(len(known), 1)
            spread = sum((value - mean) ** 2 for value in known)
            self.means[position] = mean
            self.scales[position] = math.sqrt(spread / max(len(known), 1)) or 1.0
        table = [self._standardise(row) for row in rows]
        labels = [row[LABEL] for row in rows]
        for _ in range(EPOCHS):
            self._descend(table, labels)
        return self

    def predict(self, rows: Sequence[Row]) -> list[float]:
        """Probability of the positive class for each row."""
        return [self._probability(self._standardise(row)) for row in rows]

    def _descend(self, table: list[list[float]], labels: list[int]) -> None:
        slopes = [0.0] * len(self.columns)
        bias_slope = 0.0
        for values, label in zip(table, labels):
            error = self._probability(values) - label
            bias_slope += error
            for position, value in enumerate(values):
                slopes[position] += error * value
        self.bias -= STEP * bias_slope / len(table)
        for position, slope in enumerate(slopes):
            self.weights[position] -= STEP * slope / len(table)

    def _standardise(self, row: Row) -> list[float]:
        # A missing value stands at the mean: zero after standardising.
        return [
            0.0 if row[column] is None else (row[column] - mean) / scale
            for column, mean, scale in zip(self.columns, self.means, self.scales)
        ]

    def _probability(self, values: list[float]) -> float:
        logit = self.bias + sum(w * v for w, v in zip(self.weights, values))
        return 1.0 / (1.0 + math.exp(-max(min(logit, 30.0), -30.0)))
