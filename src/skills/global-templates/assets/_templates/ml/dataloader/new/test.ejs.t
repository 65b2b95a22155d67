---
to: tests/test_<%= name %>_data.py
unless_exists: true
---
import pandas as pd
import pytest

from <%= name %>.data import Source, load


@pytest.fixture
def table(tmp_path):
    rows = pd.DataFrame({
        "owner": [i % 20 for i in range(200)],
        "day": [f"2024-{1 + i % 12:02d}-01" for i in range(200)],
        "size": range(200),
        "y": [int(i % 3 == 0) for i in range(200)],
    })
    path = tmp_path / "table.csv"
    rows.to_csv(path, index=False)
    return str(path)


def test_an_owner_is_on_one_side(table):
    train, test = load(Source(table, "y", group="owner", time=None))
    assert not set(train.owner) & set(test.owner)
    assert len(train.y) + len(test.y) == 200


def test_the_past_comes_before_the_future(table):
    train, test = load(Source(table, "y", group=None, time="day"))
    days = pd.read_csv(table)["day"]
    assert days[train.y.index].max() < days[test.y.index].min()


def test_features_hold_neither_target_nor_owner_nor_time(table):
    train, _ = load(Source(table, "y", group="owner", time="day"))
    assert list(train.X) == ["size"]


def test_the_split_is_the_same_each_time(table):
    source = Source(table, "y", group=None, time=None)
    assert load(source)[1].y.index.equals(load(source)[1].y.index)


def test_a_missing_column_is_named(table):
    with pytest.raises(ValueError, match="no column 'label'"):
        load(Source(table, "label", group=None, time=None))
