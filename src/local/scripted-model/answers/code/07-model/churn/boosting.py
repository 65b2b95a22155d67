"""Gradient-boosted shallow trees for a binary label, on binned features."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Vector = Sequence[float | None]
# A leaf is its value; a split is [feature, last bin that goes left, left, right].
Tree = float | list[Any]


@dataclass(frozen=True)
class BoostingSettings:
    """How much the model may learn, and how fast."""

    rounds: int = 60
    learning_rate: float = 0.15
    depth: int = 3
    min_leaf: int = 10
    bins: int = 16
    row_share: float = 0.6
    column_share: float = 0.6


class Binner:
    """Replaces values by the number of their quantile; 0 means missing."""

    def __init__(self, bins: int) -> None:
        self.bins = bins
        self.edges: list[list[float]] = []

    def fit(self, matrix: Sequence[Vector]) -> Binner:
        """Learn the quantiles of every column."""
        self.edges = [quantiles(column, self.bins) for column in zip(*matrix)]
        return self

    def transform(self, matrix: Sequence[Vector]) -> list[list[int]]:
        """Bins by column: result[feature][row]."""
        if not matrix:
            return [[] for _ in self.edges]
        columns = zip(*matrix)
        return [
            [bin_of(value, edges) for value in column]
            for column, edges in zip(columns, self.edges)
        ]


def quantiles(column: Sequence[float | None], bins: int) -> list[float]:
    """At most bins - 1 distinct inner edges."""
    known = sorted(value for value in column if value is not None)
    if not known:
        return []
    at = [known[len(known) * part // bins] for part in range(1, bins)]
    return sorted(set(at))


def bin_of(value: float | None, edges: list[float]) -> int:
    """The value's bin: 1 up to the first edge, and so on; 0 when missing."""
    if value is None:
        return 0
    for number, edge in enumerate(edges):
        if value <= edge:
            return number + 1
    return len(edges) + 1


class GradientBoosting:
    """Trees fitted one after the other to the gradient of the logistic loss."""

    def __init__(self, settings: BoostingSettings = BoostingSettings()) -> None:
        self.settings = settings
        self.binner = Binner(settings.bins)
        self.start = 0.0
        self.trees: list[Tree] = []

    def fit(
        self,
        matrix: Sequence[Vector],
        labels: Sequence[int],
        seed: int,
        after_round: Callable[[int], bool] | None = None,
    ) -> GradientBoosting:
        """Learn; after_round(n) may return True to stop after the n-th tree."""
        draw = random.Random(seed)
        bins = self.binner.fit(matrix).transform(matrix)
        share = min(max(sum(labels) / len(labels), 0.001), 0.999)
        self.start = math.log(share / (1 - share))
        self.trees = []
        logits = [self.start] * len(labels)
        everyone = range(len(labels))
        taken = max(1, round(len(labels) * self.settings.row_share))
        for number in range(1, self.settings.rounds + 1):
            chances = [sigmoid(logit) for logit in logits]
            pulls = [label - chance for label, chance in zip(labels, chances)]
            weights = [chance * (1 - chance) for chance in chances]
            rows = sorted(draw.sample(everyone, taken))
            tree = self._grow(bins, pulls, weights, rows, self._columns(draw))
            self.trees.append(tree)
            for row, step in enumerate(self.steps(tree, bins, len(labels))):
                logits[row] += step
            if after_round is not None and after_round(number):
                break
        return self

    def predict(self, matrix: Sequence[Vector]) -> list[float]:
        """Probability of the positive class."""
        bins = self.binner.transform(matrix)
        logits = [self.start] * len(matrix)
        for tree in self.trees:
            for row, step in enumerate(self.steps(tree, bins, len(matrix))):
                logits[row] += step
        return [sigmoid(logit) for logit in logits]

    def steps(self, tree: Tree, bins: list[list[int]], count: int) -> list[float]:
        """What one tree adds to each row's logit."""
        found = [0.0] * count
        for row in range(count):
            node = tree
            while isinstance(node, list):
                feature, last, left, right = node
                node = left if bins[feature][row] <= last else right
            found[row] = node
        return found

    def state(self) -> dict[str, Any]:
        """What a checkpoint needs to predict again."""
        return {"start": self.start, "edges": self.binner.edges, "trees": self.trees}

    def restore(self, state: dict[str, Any]) -> GradientBoosting:
        self.start = state["start"]
        self.binner.edges = state["edges"]
        self.trees = state["trees"]
        return self

    def _columns(self, draw: random.Random) -> list[int]:
        count = len(self.binner.edges)
        wanted = max(1, round(count * self.settings.column_share))
        return sorted(draw.sample(range(count), wanted))

    def _grow(
        self,
        bins: list[list[int]],
        pulls: list[float],
        weights: list[float],
        rows: list[int],
        columns: list[int],
        depth: int = 0,
    ) -> Tree:
        pull = sum(pulls[row] for row in rows)
        weight = sum(weights[row] for row in rows)
        if depth < self.settings.depth and len(rows) >= 2 * self.settings.min_leaf:
            best = self._best_split(bins, pulls, weights, rows, columns)
            if best is not None:
                feature, last = best
                column = bins[feature]
                left = [row for row in rows if column[row] <= last]
                right = [row for row in rows if column[row] > last]
                rest = (columns, depth + 1)
                return [
                    feature,
                    last,
                    self._grow(bins, pulls, weights, left, *rest),
                    self._grow(bins, pulls, weights, right, *rest),
                ]
        return self.settings.learning_rate * pull / (weight + 1.5)

    def _best_split(
        self,
        bins: list[list[int]],
        pulls: list[float],
        weights: list[float],
        rows: list[int],
        columns: list[int],
    ) -> tuple[int, int] | None:
        best: tuple[int, int] | None = None
        best_gain = 1e-9
        for feature in columns:
            column = bins[feature]
            width = len(self.binner.edges[feature]) + 2
            pull_in = [0.0] * width
            weight_in = [0.0] * width
            count_in = [0] * width
            for row in rows:
                place = column[row]
                pull_in[place] += pulls[row]
                weight_in[place] += weights[row]
                count_in[place] += 1
            for last, gain in self._gains(pull_in, weight_in, count_in):
                if gain > best_gain:
                    best, best_gain = (feature, last), gain
        return best

    def _gains(
        self, pull_in: list[float], weight_in: list[float], count_in: list[int]
    ) -> list[tuple[int, float]]:
        all_pull, all_weight, all_count = sum(pull_in), sum(weight_in), sum(count_in)
        whole = all_pull**2 / (all_weight + 1.5)
        gains: list[tuple[int, float]] = []
        pull = weight = 0.0
        count = 0
        for last in range(len(pull_in) - 1):
            pull += pull_in[last]
            weight += weight_in[last]
            count += count_in[last]
            if min(count, all_count - count) < self.settings.min_leaf:
                continue
            left = pull**2 / (weight + 1.5)
            right = (all_pull - pull) ** 2 / (all_weight - weight + 1.5)
            gains.append((last, left + right - whole))
        return gains


def sigmoid(logit: float) -> float:
    """The logistic function, safe for large logits."""
    if logit < 0:
        raised = math.exp(logit)
        return raised / (1.0 + raised)
    return 1.0 / (1.0 + math.exp(-logit))
