---
to: tests/test_<%= name %>_train.py
unless_exists: true
---
import pandas as pd

from <%= name %>.data import Source, load
from <%= name %>.model import Settings
from <%= name %>.train import record, train


def a_table(tmp_path):
    rows = pd.DataFrame({"size": range(80), "y": [int(i > 40) for i in range(80)]})
    path = tmp_path / "table.csv"
    rows.to_csv(path, index=False)
    return Source(str(path), "y", group=None, time=None)


def test_the_model_beats_its_baseline_on_training_rows(tmp_path):
    part, _ = load(a_table(tmp_path))
    model, base = train(part)
    assert model.score(part.X, part.y) > base.score(part.X, part.y)


def test_the_record_is_the_same_each_time_and_knows_the_table(tmp_path):
    source = a_table(tmp_path)
    part, _ = load(source)
    once = record(source, Settings(), part)
    assert once == record(source, Settings(), part)
    (tmp_path / "table.csv").write_text("size,y\n1,0\n2,1\n")
    assert record(source, Settings(), part)["table_sha256"] != once["table_sha256"]
