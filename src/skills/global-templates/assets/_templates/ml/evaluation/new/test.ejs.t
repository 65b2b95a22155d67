---
to: tests/test_<%= name %>_evaluate.py
unless_exists: true
---
import json
import sys

import numpy as np
import pandas as pd
import pytest

from <%= name %>.evaluate import main


@pytest.fixture
def table(tmp_path):
    rng = np.random.default_rng(0)
    rows = pd.DataFrame({"customer": np.arange(400) % 80, "size": rng.normal(size=400)})
    rows["y"] = (rows["size"] + rng.normal(0, 0.7, 400) > 0).astype(int)
    path = tmp_path / "table.csv"
    rows.to_csv(path, index=False)
    return path


def run(monkeypatch, table, out):
    words = [str(table), "--target", "y", "--group", "customer", "--out", str(out)]
    monkeypatch.setattr(sys, "argv", ["evaluate", *words])
    main()
    return out.read_text()


def test_a_model_that_learned_gains_more_than_chance(monkeypatch, table, tmp_path):
    result = json.loads(run(monkeypatch, table, tmp_path / "result.json"))
    assert result["owners"] == 20
    assert result["interval"][0] > 0
    assert result["model"]["macro_f1"] > result["baseline"]["macro_f1"]


def test_two_runs_write_the_same_bytes(monkeypatch, table, tmp_path):
    one = run(monkeypatch, table, tmp_path / "one.json")
    assert one == run(monkeypatch, table, tmp_path / "other.json")
