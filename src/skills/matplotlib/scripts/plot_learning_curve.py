#!/usr/bin/env python3
"""Draw training and validation curves from a CSV log, and say where they part.

One row a step; several runs are told apart by --run and drawn as mean and
spread. Writes a PNG (or PDF, SVG) and prints one JSON object. Needs Matplotlib.
"""
import argparse
import json
import sys

try:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import pandas as pd
except ImportError:
    plt = None


def main():
    args = arguments()
    if plt is None:
        print(json.dumps({"error": "Matplotlib and pandas are not installed"}))
        return 3
    try:
        curves = read(args)
        answer = judge(curves, args.higher)
        draw(curves, answer, args)
    except (OSError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps({**answer, "figure": args.out}, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--step", required=True, help="column of epochs, steps or rows")
    parser.add_argument("--train", required=True, help="column of the training part")
    parser.add_argument("--validation", required=True, help="column of the held-out part")
    parser.add_argument("--run", help="column that names the run or seed")
    parser.add_argument("--higher", action="store_true", help="higher is better")
    parser.add_argument("--measure", default="loss", help="name on the axis, with unit")
    parser.add_argument("--out", default="learning-curve.png")
    return parser.parse_args()


def read(args):
    """Mean and deviation over runs, a row a step."""
    table = pd.read_csv(args.table)
    wanted = [args.step, args.train, args.validation, *([args.run] if args.run else [])]
    for name in wanted:
        if name not in table:
            raise ValueError(f"no column {name!r}; there are {', '.join(table)}")
    for name in wanted[:3]:
        if not pd.api.types.is_numeric_dtype(table[name]):
            raise ValueError(f"column {name!r} holds values that are no numbers")
    if not args.run and table[args.step].duplicated().any():
        raise ValueError("a step stands there twice: name the column of runs with --run")
    table = table.rename(columns={args.train: "train", args.validation: "validation"})
    curves = table.groupby(args.step)[["train", "validation"]].agg(["mean", "std", "count"])
    curves = curves.dropna(subset=[("validation", "mean")])
    if len(curves) < 2:
        raise ValueError("a curve needs at least two steps with a validation value")
    return curves


def judge(curves, higher):
    train, held = curves["train"]["mean"], curves["validation"]["mean"]
    best = held.idxmax() if higher else held.idxmin()
    spread = curves["validation"]["std"].fillna(0).loc[best]
    lost = abs(held.iloc[-1] - held.loc[best])
    return {
        "steps": len(curves),
        "runs": int(curves["validation"]["count"].max()),
        "best_step": float(best),
        "best_validation": float(held.loc[best]),
        "spread_over_runs": float(spread),
        "gap_at_best": float(abs(held.loc[best] - train.loc[best])),
        "lost_since_best": float(lost),
        "still_improving": bool(best == held.index[-1]),
        "overfits": bool(lost > max(2 * spread, 0.02 * abs(held.loc[best]))),
    }


def draw(curves, answer, args):
    figure, axes = plt.subplots(figsize=(6, 3.8), layout="constrained")
    # Told apart by line style too: colour alone is lost in print.
    for part, colour, line in (("train", "#0072B2", "--"), ("validation", "#D55E00", "-")):
        mean, spread = curves[part]["mean"], curves[part]["std"].fillna(0)
        axes.plot(mean.index, mean, line, color=colour, label=part)
        if answer["runs"] > 1:
            axes.fill_between(
                mean.index, mean - spread, mean + spread, color=colour, alpha=0.2, lw=0
            )
    axes.axvline(answer["best_step"], color="0.5", lw=1, ls=":")
    axes.annotate(
        f"best at {answer['best_step']:g}", (answer["best_step"], 0.98), (4, 0),
        xycoords=("data", "axes fraction"), textcoords="offset points",
        va="top", color="0.3",
    )
    runs = f", mean and deviation of {answer['runs']} runs" if answer["runs"] > 1 else ""
    axes.set(xlabel=args.step, ylabel=args.measure, title=f"Learning curve{runs}")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(args.out, dpi=150)


if __name__ == "__main__":
    sys.exit(main())
