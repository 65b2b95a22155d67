"""Everything about a training run that may be changed without changing code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from churn.boosting import BoostingSettings


@dataclass(frozen=True)
class TrainingConfig:
    """Defaults are what the design asks for."""

    boosting: BoostingSettings = field(default_factory=BoostingSettings)
    smoothing: float = 20.0
    folds: int = 5
    validation_share: float = 0.2
    patience: int = 15
    # Below this many rows nothing is held back and leaves may be small.
    small_table: int = 200

    def for_rows(self, count: int) -> TrainingConfig:
        """The same configuration, loosened when the table is small."""
        if count >= self.small_table:
            return self
        loose = replace(self.boosting, min_leaf=1, row_share=1.0, learning_rate=0.3)
        return replace(self, boosting=loose, validation_share=0.0)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, Any]) -> TrainingConfig:
        """Build a configuration; unknown names are an error, absent ones default."""
        rest = dict(values)
        boosting = BoostingSettings(**rest.pop("boosting", {}))
        return TrainingConfig(boosting=boosting, **rest)

    @staticmethod
    def read(path: str | Path) -> TrainingConfig:
        return TrainingConfig.from_dict(json.loads(Path(path).read_text("utf-8")))
