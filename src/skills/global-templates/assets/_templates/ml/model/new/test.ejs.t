---
to: tests/test_<%= name %>_model.py
unless_exists: true
---
import numpy as np
import pandas as pd

from <%= name %>.model import Settings, baseline, build


def rows(n, seed):
    rng = np.random.default_rng(seed)
    X = pd.DataFrame({"size": rng.normal(size=n), "kind": rng.choice(["a", "b"], n)})
    y = (X["size"] + (X["kind"] == "a") + rng.normal(0, 0.3, n) > 0.5).astype(int)
    return X, y


def test_it_learns_what_twenty_rows_show():
    X, y = rows(20, seed=0)
    assert build(Settings(rarest=1)).fit(X, y).score(X, y) > baseline().fit(X, y).score(X, y)


def test_gaps_and_unseen_categories_get_a_prediction():
    X, y = rows(200, seed=1)
    model = build(Settings()).fit(X, y)
    odd = pd.DataFrame({"size": [np.nan, 0.0], "kind": ["a", "never seen"]})
    assert np.isfinite(model.predict_proba(odd)).all()


def test_two_fits_are_equal():
    X, y = rows(200, seed=2)
    one, other = (build(Settings()).fit(X, y).predict_proba(X) for _ in range(2))
    assert (one == other).all()


def test_labels_without_meaning_teach_nothing():
    X, y = rows(400, seed=3)
    mixed = np.random.default_rng(0).permutation(y)
    fresh, truth = rows(400, seed=4)
    assert abs(build(Settings()).fit(X, mixed).score(fresh, truth) - 0.5) < 0.2
