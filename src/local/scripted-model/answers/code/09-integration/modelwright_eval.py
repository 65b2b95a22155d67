"""Trains or applies one of the two systems, for an evaluator that keeps the labels.

modelwright_eval.py train --system model|baseline --model-dir DIR --data CSV --seed N
modelwright_eval.py predict --system model|baseline --model-dir DIR
                            --features CSV --out CSV
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from churn.baseline import LogisticBaseline
from churn.checkpoint import TrainedModel
from churn.columns import RATE, RATED, Row
from churn.encoding import TargetEncoder
from churn.loader import load_rows
from churn.scoring import write_predictions
from churn.training import RunLog, train

# What the baseline has learnt, and nothing else of it.
LEARNT = ("columns", "means", "scales", "weights", "bias")


def train_model(rows: list[Row], folder: Path, seed: int) -> None:
    trained = train(rows, seed=seed, log=RunLog(folder / "run.jsonl"))
    trained.save(folder / "model.json")


def predict_model(rows: list[Row], folder: Path) -> list[float]:
    return TrainedModel.load(folder / "model.json").predict(rows)


def train_baseline(rows: list[Row], folder: Path, seed: int) -> None:
    """The baseline has no randomness, so its seed is not used."""
    rates = TargetEncoder([RATED], smoothing=0.0).fit(rows)
    baseline = LogisticBaseline().fit(with_rate(rows, rates))
    content = {name: getattr(baseline, name) for name in LEARNT}
    content["rates"] = {"overall": rates.overall, "shares": rates.shares}
    (folder / "baseline.json").write_text(json.dumps(content), encoding="utf-8")


def predict_baseline(rows: list[Row], folder: Path) -> list[float]:
    content = json.loads((folder / "baseline.json").read_text(encoding="utf-8"))
    rates = TargetEncoder([RATED])
    rates.overall = content["rates"]["overall"]
    rates.shares = content["rates"]["shares"]
    baseline = LogisticBaseline(content["columns"])
    for name in LEARNT:
        setattr(baseline, name, content[name])
    return baseline.predict(with_rate(rows, rates))


def with_rate(rows: list[Row], rates: TargetEncoder) -> list[Row]:
    """Rows with the rate column, learnt from training rows alone."""
    return [{**row, RATE: rates.share(row, RATED)} for row in rows]


SYSTEMS = {
    "model": (train_model, predict_model),
    "baseline": (train_baseline, predict_baseline),
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Train or apply a system.")
    steps = parser.add_subparsers(dest="step", required=True)
    training = steps.add_parser("train")
    training.add_argument("--data", required=True)
    training.add_argument("--seed", type=int, required=True)
    predicting = steps.add_parser("predict")
    predicting.add_argument("--features", required=True)
    predicting.add_argument("--out", required=True)
    for step in (training, predicting):
        step.add_argument("--system", choices=sorted(SYSTEMS), required=True)
        step.add_argument("--model-dir", type=Path, required=True)
    args = parser.parse_args(arguments)

    learn, apply = SYSTEMS[args.system]
    if args.step == "train":
        args.model_dir.mkdir(parents=True, exist_ok=True)
        learn(load_rows(args.data), args.model_dir, args.seed)
    else:
        rows = load_rows(args.features, labelled=False)
        write_predictions(args.out, rows, apply(rows, args.model_dir))


if __name__ == "__main__":
    main()
