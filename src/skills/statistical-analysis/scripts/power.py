#!/usr/bin/env python3
"""Plan how many rows a comparison needs, or say what given rows can find.

Two means (--effect, in deviations) or two shares (--base and --lift). Without
--rows: the rows of each arm. With --rows: the power they reach. For rows that
belong to units, --per-unit and --likeness give the units. Needs NumPy and SciPy.
"""
import argparse
import json
import math
import sys
import warnings

try:
    from scipy import optimize, stats
except ImportError:
    stats = None


def main():
    args = arguments()
    if stats is None:
        print(json.dumps({"error": "SciPy is not installed"}))
        return 3
    try:
        answer = plan(args)
    except ValueError as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2, default=float))
    return 0


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--effect", type=float, help="difference over deviation")
    parser.add_argument("--base", type=float, help="share today")
    parser.add_argument("--lift", type=float, help="change worth finding")
    parser.add_argument("--rows", type=int, help="rows of each arm there will be")
    parser.add_argument("--power", type=float, default=0.8)
    parser.add_argument("--alpha", type=float, default=0.05, help="two-sided")
    parser.add_argument("--per-unit", type=float, default=1, help="rows of a unit")
    parser.add_argument(
        "--likeness", type=float, default=0, help="correlation of rows of one unit"
    )
    return parser.parse_args()


def plan(args):
    for name in ("power", "alpha"):
        if not 0 < getattr(args, name) < 1:
            raise ValueError(f"--{name} must lie between 0 and 1")
    if args.per_unit < 1 or not 0 <= args.likeness <= 1:
        raise ValueError("--per-unit is at least 1, --likeness between 0 and 1")
    if args.rows is not None and args.rows < 2:
        raise ValueError("--rows must be at least 2")
    # Rows of one unit repeat each other: so many count as one.
    inflation = 1 + (args.per_unit - 1) * args.likeness
    test, reached, needed = of_means(args) if args.effect is not None else of_shares(args)
    if args.rows is not None:
        power = reached(max(2, args.rows / inflation))
        return {"test": test, "rows_per_arm": args.rows, "power": round(power, 4)}
    rows = math.ceil(needed() * inflation)
    return {
        "test": test,
        "rows_per_arm": rows,
        "units_per_arm": math.ceil(rows / args.per_unit),
        "power": args.power,
        "alpha": args.alpha,
    }


def of_means(args):
    d = abs(args.effect)
    if not 0.01 <= d <= 5:
        raise ValueError("--effect must lie between 0.01 and 5 deviations")

    def reached(n):
        df, shift = 2 * n - 2, d * math.sqrt(n / 2)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            power = stats.nct.sf(stats.t.ppf(1 - args.alpha / 2, df), df, shift)
        # Far above what is needed the tail is too thin to be computed.
        return 1.0 if math.isnan(power) else float(power)

    def needed():
        if reached(2) >= args.power:
            return 2
        # The normal approximation is a little low.
        most = 4 * max(quantiles(args), 1) ** 2 / d**2 + 20
        return optimize.brentq(lambda n: reached(n) - args.power, 2, most)

    return "two means", reached, needed


def of_shares(args):
    if args.base is None or args.lift is None:
        raise ValueError("give --effect, or --base and --lift")
    other = args.base + args.lift
    if not (0 < args.base < 1 and 0 < other < 1) or args.lift == 0:
        raise ValueError("base and base + lift must lie between 0 and 1, and differ")
    variance = args.base * (1 - args.base) + other * (1 - other)

    def reached(n):
        shift = abs(args.lift) / math.sqrt(variance / n)
        return float(stats.norm.sf(stats.norm.ppf(1 - args.alpha / 2) - shift))

    def needed():
        return quantiles(args) ** 2 * variance / args.lift**2

    return "two shares", reached, needed


def quantiles(args):
    return stats.norm.ppf(1 - args.alpha / 2) + stats.norm.ppf(args.power)


if __name__ == "__main__":
    sys.exit(main())
