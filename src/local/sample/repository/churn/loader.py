"""Reads the customer table into typed rows."""

from __future__ import annotations

import csv
from pathlib import Path

from churn.columns import CATEGORICAL, GROUP, ID, LABEL, MONTH, NUMERIC, Row

UNKNOWN = "unknown"


class TableError(ValueError):
    """The table does not look like our export."""


def load_rows(path: str | Path, labelled: bool = True) -> list[Row]:
    """Read a table; with labelled=False its label column may be absent."""
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        wanted = [ID, GROUP, MONTH, *NUMERIC, *CATEGORICAL]
        if labelled:
            wanted.append(LABEL)
        missing = [name for name in wanted if name not in (reader.fieldnames or [])]
        if missing:
            raise TableError(f"{path} lacks the columns {', '.join(missing)}")
        return [parse_row(record, labelled) for record in reader]


def parse_row(record: dict[str, str], labelled: bool = True) -> Row:
    """Numbers become floats, empty numbers None, empty categories 'unknown'."""
    row: Row = {ID: record[ID], GROUP: record[GROUP], MONTH: record[MONTH]}
    for name in NUMERIC:
        row[name] = float(record[name]) if record[name] else None
    for name in CATEGORICAL:
        row[name] = record[name] or UNKNOWN
    if labelled:
        row[LABEL] = int(record[LABEL])
    return row
