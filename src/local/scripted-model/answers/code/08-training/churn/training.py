"""Trains the model: inner validation by customer, early stopping, a run log."""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from churn.boosting import GradientBoosting, sigmoid
from churn.checkpoint import TrainedModel
from churn.columns import LABEL, Row
from churn.config import TrainingConfig
from churn.encoding import RowEncoder, Vector
from churn.loader import load_rows
from churn.metrics import log_loss
from churn.split import split_by_group


class RunLog:
    """One JSON object a line; without a path it keeps silent."""

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = None if path is None else Path(path)
        self.started = time.monotonic()
        if self.path is not None:
            self.path.write_text("", encoding="utf-8")

    def write(self, event: str, **values: Any) -> None:
        """Append an event with the seconds since the start."""
        if self.path is None:
            return
        seconds = round(time.monotonic() - self.started, 3)
        line = json.dumps({"event": event, "seconds": seconds, **values})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


class EarlyStopping:
    """Follows the loss on inner validation rows, one new tree at a time."""

    def __init__(
        self,
        model: GradientBoosting,
        matrix: Sequence[Vector],
        labels: Sequence[int],
        patience: int,
        log: RunLog,
    ) -> None:
        self.model = model
        self.matrix = matrix
        self.labels = labels
        self.patience = patience
        self.log = log
        self.best_round = 0
        self.best_loss = float("inf")

    def after_round(self, number: int) -> bool:
        """Add the newest tree; True when patience is used up."""
        if number == 1:
            self.bins = self.model.binner.transform(self.matrix)
            self.logits = [self.model.start] * len(self.labels)
        newest = self.model.trees[-1]
        steps = self.model.steps(newest, self.bins, len(self.labels))
        self.logits = [logit + step for logit, step in zip(self.logits, steps)]
        loss = log_loss(self.labels, [sigmoid(logit) for logit in self.logits])
        self.log.write("round", number=number, validation_loss=round(loss, 6))
        if loss < self.best_loss:
            self.best_round, self.best_loss = number, loss
        return number - self.best_round >= self.patience


def train(
    rows: Sequence[Row],
    config: TrainingConfig = TrainingConfig(),
    seed: int = 0,
    log: RunLog | None = None,
) -> TrainedModel:
    """Train on the given rows only; the same seed gives the same model."""
    if not rows:
        raise ValueError("there are no rows to train on")
    log = log or RunLog()
    config = config.for_rows(len(rows))
    fitted, inner = split_by_group(list(rows), seed, config.validation_share)
    log.write(
        "start",
        seed=seed,
        python=platform.python_version(),
        data=digest_of(rows),
        rows=len(fitted),
        validation_rows=len(inner),
        config=config.to_dict(),
    )

    encoder = RowEncoder(config.smoothing, config.folds)
    matrix = encoder.fit_transform(fitted, seed)
    labels = [row[LABEL] for row in fitted]
    model = GradientBoosting(config.boosting)
    if inner:
        watch = EarlyStopping(
            model,
            encoder.transform(inner),
            [row[LABEL] for row in inner],
            config.patience,
            log,
        )
        model.fit(matrix, labels, seed, watch.after_round)
        model.trees = model.trees[: watch.best_round]
    else:
        model.fit(matrix, labels, seed)
    log.write("done", trees=len(model.trees))
    return TrainedModel(encoder, model, config, seed)


def digest_of(rows: Sequence[Row]) -> str:
    """Tells two tables apart in the run log."""
    text = json.dumps(list(rows), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="data/customers.csv")
    parser.add_argument("--model-dir", type=Path, default=Path("model"))
    parser.add_argument("--config", help="JSON file; defaults where it is silent")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(arguments)
    config = TrainingConfig.read(args.config) if args.config else TrainingConfig()
    args.model_dir.mkdir(parents=True, exist_ok=True)
    log = RunLog(args.model_dir / "run.jsonl")
    trained = train(load_rows(args.data), config, args.seed, log)
    trained.save(args.model_dir / "model.json")
    print(f"{len(trained.model.trees)} trees in {args.model_dir / 'model.json'}")


if __name__ == "__main__":
    main()
