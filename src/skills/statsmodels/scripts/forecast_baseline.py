#!/usr/bin/env python3
"""Forecast a series by the methods any model must beat, from rolling origins.

Last value, last season, drift, and exponential smoothing where statsmodels is
installed. Each origin sees only what lies before it. MASE below 1 beats the
average one-season step of the training part. Needs pandas.
"""
import argparse
import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
except ImportError:
    np = None


def main():
    args = arguments()
    if np is None:
        print(json.dumps({"error": "pandas is not installed"}))
        return 3
    try:
        answer = compare(read(args), args)
    except (OSError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", help="CSV file with a header line, one row a step")
    parser.add_argument("--value", required=True, help="column to forecast")
    parser.add_argument("--time", help="column of dates; rows are sorted by it")
    parser.add_argument("--season", type=int, default=1, help="steps of a season")
    parser.add_argument("--horizon", type=int, default=1, help="steps ahead")
    parser.add_argument("--origins", type=int, default=5)
    args = parser.parse_args()
    for name in ("season", "horizon", "origins"):
        if getattr(args, name) < 1:
            parser.error(f"--{name} must be at least 1")
    return args


def read(args):
    table = pd.read_csv(args.table)
    for name in filter(None, (args.value, args.time)):
        if name not in table:
            raise ValueError(f"no column {name!r}; there are {', '.join(table)}")
    if args.time:
        table[args.time] = pd.to_datetime(table[args.time])
        if table[args.time].duplicated().any():
            raise ValueError(f"a moment of {args.time!r} repeats: one series at a time")
        table = table.sort_values(args.time)
    series = pd.to_numeric(table[args.value], errors="coerce").to_numpy(float)
    if np.isnan(series).any():
        raise ValueError(
            f"{args.value!r} is missing or no number in {int(np.isnan(series).sum())} rows"
        )
    least = args.horizon * args.origins + max(2 * args.season, 8)
    if len(series) < least:
        raise ValueError(f"{len(series)} rows are too few; {least} are needed")
    return series


def compare(series, args):
    first = len(series) - args.horizon * args.origins
    errors, scales = {}, []
    for start in range(first, len(series), args.horizon):
        past, future = series[:start], series[start : start + args.horizon]
        scales.append(np.abs(past[args.season :] - past[: -args.season]).mean())
        for name, method in METHODS.items():
            guess = method(past, args.season, len(future))
            if guess is not None:
                errors.setdefault(name, []).append(np.abs(future - guess).mean())
    scale = float(np.mean(scales))
    found = sorted(
        (
            {
                "method": name,
                "mae": float(np.mean(each)),
                "deviation_over_origins": float(np.std(each, ddof=1)) if len(each) > 1 else None,
                "mase": float(np.mean(each)) / scale if scale > 0 else None,
            }
            for name, each in errors.items()
        ),
        key=lambda one: one["mae"],
    )
    return {
        "rows": len(series),
        "origins": args.origins,
        "horizon": args.horizon,
        "season": args.season,
        "to_beat": found[0]["method"],
        "methods": found,
    }


def last_value(past, season, steps):
    return np.repeat(past[-1], steps)


def last_season(past, season, steps):
    if season == 1:
        return None
    return np.resize(past[-season:], steps)


def drift(past, season, steps):
    slope = (past[-1] - past[0]) / (len(past) - 1)
    return past[-1] + slope * np.arange(1, steps + 1)


def smoothing(past, season, steps):
    try:
        from statsmodels.tsa.holtwinters import ExponentialSmoothing
    except ImportError:
        return None
    seasonal = "add" if season > 1 and len(past) >= 2 * season else None
    with warnings.catch_warnings():
        # A fit that has not converged shows in its error.
        warnings.simplefilter("ignore")
        model = ExponentialSmoothing(
            past, trend="add", damped_trend=True, seasonal=seasonal,
            seasonal_periods=season if seasonal else None,
        )
        return model.fit().forecast(steps)


METHODS = {
    "last value": last_value,
    "last season": last_season,
    "drift": drift,
    "exponential smoothing": smoothing,
}


if __name__ == "__main__":
    sys.exit(main())
