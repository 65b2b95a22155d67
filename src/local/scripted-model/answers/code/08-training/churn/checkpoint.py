"""A trained model as one JSON file: readable, no code inside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from churn.boosting import GradientBoosting
from churn.columns import Row
from churn.config import TrainingConfig
from churn.encoding import FEATURES, RowEncoder

VERSION = 1


class CheckpointError(ValueError):
    """The file is not a checkpoint this code can use."""


@dataclass
class TrainedModel:
    """An encoder and a model that belong together."""

    encoder: RowEncoder
    model: GradientBoosting
    config: TrainingConfig
    seed: int

    def predict(self, rows: Sequence[Row]) -> list[float]:
        """Probability of the positive class; rows need no label."""
        return self.model.predict(self.encoder.transform(rows))

    def save(self, path: str | Path) -> None:
        content: dict[str, Any] = {
            "version": VERSION,
            "seed": self.seed,
            "features": list(FEATURES),
            "config": self.config.to_dict(),
            "encoder": self.encoder.state(),
            "model": self.model.state(),
        }
        Path(path).write_text(json.dumps(content) + "\n", encoding="utf-8")

    @staticmethod
    def load(path: str | Path) -> TrainedModel:
        """Read a checkpoint; refuse one of another version or other features."""
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        if content.get("version") != VERSION:
            raise CheckpointError(f"{path} has not version {VERSION}: train again")
        if content["features"] != list(FEATURES):
            raise CheckpointError(f"{path} was trained on other columns: train again")
        config = TrainingConfig.from_dict(content["config"])
        return TrainedModel(
            encoder=RowEncoder(config.smoothing).restore(content["encoder"]),
            model=GradientBoosting(config.boosting).restore(content["model"]),
            config=config,
            seed=content["seed"],
        )
