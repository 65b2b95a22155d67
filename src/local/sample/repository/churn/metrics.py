"""Metrics for a rare positive class."""

from __future__ import annotations

import math
from collections.abc import Sequence


def average_precision(labels: Sequence[int], scores: Sequence[float]) -> float:
    """Area under the precision-recall curve; rows with equal scores count as one."""
    positives = sum(labels)
    if positives == 0:
        raise ValueError("average precision needs at least one positive label")
    area = 0.0
    last_recall = 0.0
    for precision, recall in precision_recall(labels, scores):
        area += precision * (recall - last_recall)
        last_recall = recall
    return area


def precision_recall(
    labels: Sequence[int], scores: Sequence[float]
) -> list[tuple[float, float]]:
    """(precision, recall) at each distinct score, from the highest down."""
    positives = sum(labels)
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    points: list[tuple[float, float]] = []
    hits = 0
    for rank, index in enumerate(order, start=1):
        hits += labels[index]
        following = order[rank] if rank < len(order) else None
        if following is None or scores[following] != scores[index]:
            points.append((hits / rank, hits / positives))
    return points


def recall_at_precision(
    labels: Sequence[int], scores: Sequence[float], precision: float
) -> float:
    """Best recall among the thresholds that reach the given precision."""
    points = precision_recall(labels, scores)
    return max((r for p, r in points if p >= precision), default=0.0)


def log_loss(labels: Sequence[int], scores: Sequence[float]) -> float:
    """Mean negative log-likelihood, with scores kept away from 0 and 1."""
    total = 0.0
    for label, score in zip(labels, scores):
        kept = min(max(score, 1e-12), 1 - 1e-12)
        total -= math.log(kept if label else 1 - kept)
    return total / len(labels)
