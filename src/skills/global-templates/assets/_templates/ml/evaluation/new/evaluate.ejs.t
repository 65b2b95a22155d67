---
to: <%= name %>/evaluate.py
unless_exists: true
---
"""Judges model and baseline on rows neither was fitted on, and writes result.json.

python -m <%= name %>.evaluate table.csv --target y --group customer --out result.json
"""
import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, log_loss

from .data import Source, load
from .model import Settings
from .train import record, train

RESAMPLES = 1000


def evaluate(model, base, part, seed=0):
    """Each metric of both, and the gain in loss with an interval over owners."""
    losses = [loss_of_rows(one, part) for one in (base, model)]
    gain = losses[0] - losses[1]
    names, owner = np.unique(part.owner.to_numpy(), return_inverse=True)
    sums, sizes = np.bincount(owner, weights=gain), np.bincount(owner)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, len(names), (RESAMPLES, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return {
        "test_rows": len(part.y),
        "owners": len(names),
        "model": metrics(model, part),
        "baseline": metrics(base, part),
        "gain_in_log_loss": float(gain.mean()),
        "interval": [float(end) for end in np.quantile(means, [0.025, 0.975])],
    }


def metrics(model, part):
    return {
        "log_loss": float(log_loss(part.y, model.predict_proba(part.X), labels=model.classes_)),
        "macro_f1": float(f1_score(part.y, model.predict(part.X), average="macro")),
    }


def loss_of_rows(model, part):
    column = {label: i for i, label in enumerate(model.classes_)}
    place = part.y.map(column)
    if place.isna().any():
        raise ValueError("the test part has a class that the training part has not")
    chance = model.predict_proba(part.X)[np.arange(len(part.y)), place.astype(int)]
    return -np.log(np.clip(chance, 1e-15, 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table")
    parser.add_argument("--target", required=True)
    parser.add_argument("--group", help="whose rows repeat")
    parser.add_argument("--time", help="when a row was known")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="result.json")
    args = parser.parse_args()
    source = Source(args.table, args.target, args.group, args.time, seed=args.seed)
    settings = Settings(seed=args.seed)
    learned, held_out = load(source)
    model, base = train(learned, settings)
    result = {
        "run": record(source, settings, learned),
        **evaluate(model, base, held_out, args.seed),
    }
    Path(args.out).write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
