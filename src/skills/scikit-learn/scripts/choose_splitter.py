#!/usr/bin/env python3
"""Say which cross-validation splitter fits a CSV table, and why.

Needs Python's standard library only. Prints one JSON object:
splitter, arguments, reasons, warnings, and what was seen in the table.
"""
import argparse
import csv
import json
import re
import sys
from collections import Counter
from datetime import datetime

ID_NAME = re.compile(
    r"(^|_)(patient|subject|user|customer|client|session|group|store|device|site)"
    r"(_?id)?$",
    re.IGNORECASE,
)
TIME_NAME = re.compile(r"(date|time|timestamp|day|month|_at)$", re.IGNORECASE)
FEW_CLASSES = 20


def main():
    args = arguments()
    try:
        rows = read(args.table, args.rows)
        answer = choose(rows, args)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--target", required=True, help="column to predict")
    parser.add_argument("--group", help="column that names who a row belongs to")
    parser.add_argument("--time", help="column that says when a row was known")
    parser.add_argument("--folds", type=int, default=5, help="folds (default 5)")
    parser.add_argument("--rows", type=int, default=200_000, help="rows to read")
    args = parser.parse_args()
    if args.folds < 2:
        parser.error("--folds must be at least 2")
    return args


def read(path, limit):
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        rows = [row for row, _ in zip(reader, range(limit))]
    if not rows:
        raise ValueError(f"{path} has no rows below its header")
    return rows


def choose(rows, args):
    columns = list(rows[0])
    for name in filter(None, (args.target, args.group, args.time)):
        if name not in columns:
            raise ValueError(f"no column {name!r}; there are {', '.join(columns)}")
    group = args.group or find_group(rows, columns, args.target)
    time = args.time or find_time(rows, columns, args.target)
    labels = Counter(row[args.target] for row in rows)
    classes = classes_of(labels)
    reasons, warnings = [], []
    folds = args.folds
    if group:
        owners = len({row[group] for row in rows})
        reasons.append(
            f"{len(rows)} rows belong to {owners} values of {group!r}: "
            "one of them on both sides would be recognised"
        )
        if owners < folds:
            folds = max(2, owners)
            warnings.append(f"only {owners} groups: {folds} folds, wide estimates")
        warnings.append("of groups count groups, not rows, when judging precision")
    if classes:
        rarest, count = labels.most_common()[-1]
        reasons.append(f"the target has {classes} classes, the rarest {count} rows")
        if count < folds:
            warnings.append(
                f"class {rarest!r} has {count} rows: fewer than {folds} folds"
            )
    if time:
        reasons.append(f"{time!r} orders the rows: the past has to predict the future")
        warnings.append("set gap to the time the label needs to become known")
        if not in_order(rows, time):
            warnings.append(f"rows are not sorted by {time!r}: sort before splitting")
        if group:
            warnings.append(
                "TimeSeriesSplit leaves groups on both sides: fine for known ones, "
                "drop them from the test part if the model must serve new ones"
            )
    splitter, given = splitter_for(bool(time), bool(group), bool(classes), folds)
    return {
        "splitter": splitter,
        "arguments": given,
        "group": group,
        "time": time,
        "classes": dict(labels.most_common(FEW_CLASSES)) if classes else None,
        "rows": len(rows),
        "reasons": reasons or ["nothing repeats and nothing is ordered"],
        "warnings": warnings,
    }


def splitter_for(time, group, classes, folds):
    if time:
        return "TimeSeriesSplit", {"n_splits": folds, "gap": 0}
    shuffled = {"n_splits": folds, "shuffle": True, "random_state": 0}
    if group and classes:
        return "StratifiedGroupKFold", shuffled
    if group:
        return "GroupKFold", {"n_splits": folds}
    return ("StratifiedKFold" if classes else "KFold"), shuffled


def find_group(rows, columns, target):
    """A name that sounds like an owner, and values that do repeat."""
    for name in columns:
        if name != target and ID_NAME.search(name):
            distinct = len({row[name] for row in rows})
            if 1 < distinct < len(rows):
                return name
    return None


def find_time(rows, columns, target):
    for name in columns:
        if name == target or not TIME_NAME.search(name):
            continue
        values = [row[name] for row in rows[:200] if row[name]]
        if values and all(moment(value) for value in values):
            return name
    return None


def moment(text):
    """Numbers are counts until a person says otherwise with --time."""
    try:
        return datetime.fromisoformat((text or "").strip().replace("Z", "+00:00"))
    except ValueError:
        return None


def in_order(rows, name):
    """As dates where all are, else as numbers or text."""
    texts = [row[name] or "" for row in rows]
    moments = [moment(text) for text in texts]
    if all(moments):
        # With and without a zone cannot be compared: the text decides then.
        try:
            return all(a <= b for a, b in zip(moments, moments[1:]))
        except TypeError:
            pass
    try:
        values = [float(text) for text in texts]
    except ValueError:
        values = texts
    return all(a <= b for a, b in zip(values, values[1:]))


def classes_of(labels):
    """How many, or None for a quantity."""
    if len(labels) > FEW_CLASSES or len(labels) < 2:
        return None
    return len(labels)


if __name__ == "__main__":
    sys.exit(main())
