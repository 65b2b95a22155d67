#!/usr/bin/env python3
"""Find which candidates no other beats in every goal, and which is a fair compromise.

CSV with a row a candidate. Prints one JSON object: the front, how much of the
space it covers (two goals), its knee, and what each goal costs the others.
Needs Python's standard library only.
"""
import argparse
import csv
import json
import math
import sys


def main():
    args = arguments()
    try:
        rows, goals = read(args)
        answer = report(rows, goals, args.name)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--minimise", default="", help="columns, comma-separated")
    parser.add_argument("--maximise", default="", help="columns, comma-separated")
    parser.add_argument("--name", help="column that names a candidate")
    return parser.parse_args()


def read(args):
    """The rows, and each goal with 1 for less is better, -1 for more."""
    signs = {name: 1 for name in args.minimise.split(",") if name}
    signs |= {name: -1 for name in args.maximise.split(",") if name}
    if len(signs) < 2:
        raise ValueError("name at least two goals with --minimise and --maximise")
    with open(args.table, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise ValueError(f"{args.table} has no rows below its header")
    for name in filter(None, (*signs, args.name)):
        if name not in rows[0]:
            raise ValueError(f"no column {name!r}; there are {', '.join(rows[0])}")
    for line, row in enumerate(rows, start=2):
        for name in signs:
            try:
                row[name] = float(row[name])
            except (TypeError, ValueError):
                row[name] = math.nan
            if not math.isfinite(row[name]):
                raise ValueError(f"line {line}: {name!r} is no number")
    return rows, signs


def report(rows, goals, name):
    points = [tuple(row[goal] * sign for goal, sign in goals.items()) for row in rows]
    front = [i for i, point in enumerate(points) if not any(beats(o, point) for o in points)]
    chosen = [points[i] for i in front]
    best = [min(values) for values in zip(*chosen)]
    worst = [max(values) for values in zip(*chosen)]
    scaled = [
        [(v - b) / (w - b) if w > b else 0.0 for v, b, w in zip(point, best, worst)]
        for point in chosen
    ]
    # Nearest to having everything, each goal on the front's own scale.
    knee = min(range(len(front)), key=lambda i: (math.dist(scaled[i], [0] * len(best)), i))

    def show(i):
        label = {"name": rows[i][name]} if name else {"row": i + 1}
        return {**label, **{goal: rows[i][goal] for goal in goals}}

    return {
        "candidates": len(rows),
        "front": [show(i) for i in sorted(front, key=lambda i: points[i])],
        "compromise": show(front[knee]),
        "covered": area(scaled) if len(goals) == 2 and len(front) > 1 else None,
        "goals_conflict": len(set(chosen)) > 1,
        "warnings": ["one candidate is best in every goal: nothing to trade"]
        if len(set(chosen)) == 1
        else [],
    }


def beats(one, other):
    return all(a <= b for a, b in zip(one, other)) and one != other


def area(scaled):
    """Share of the front's own box that lies behind it; 0.5 is a straight line."""
    covered, height = 0.0, 1.0
    for x, y in sorted(scaled):
        covered += (1 - x) * max(0.0, height - y)
        height = min(height, y)
    return round(covered, 6)


if __name__ == "__main__":
    sys.exit(main())
