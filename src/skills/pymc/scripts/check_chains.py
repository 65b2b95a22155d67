#!/usr/bin/env python3
"""Say whether the chains of a sampler may be believed: R-hat, effective draws, error.

CSV with a column that names the chain and one column a parameter, draws in
order. Rank-normalised split R-hat and bulk effective sample size. Prints one
JSON object. Needs NumPy; neither the model nor its library is needed.
"""
import argparse
import csv
import json
import sys
from statistics import NormalDist

try:
    import numpy as np
except ImportError:
    np = None

LARGEST_RHAT = 1.01
FEWEST_A_CHAIN = 100


def main():
    args = arguments()
    if np is None:
        print(json.dumps({"error": "NumPy is not installed"}))
        return 3
    try:
        chains = read(args.table, args.chain)
        answer = check(chains)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--chain", default="chain", help="column (default chain)")
    return parser.parse_args()


def read(path, chain):
    """By parameter: an array of (chains, draws)."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise ValueError(f"{path} has no rows below its header")
    if chain not in rows[0]:
        raise ValueError(f"no column {chain!r}; there are {', '.join(rows[0])}")
    by_chain = {}
    for row in rows:
        by_chain.setdefault(row[chain], []).append(row)
    sizes = {len(draws) for draws in by_chain.values()}
    if len(by_chain) < 2 or len(sizes) > 1 or min(sizes) < 8:
        raise ValueError(
            f"{len(by_chain)} chains of {sorted(sizes)} draws; at least two of equal "
            "length, of 8 or more, are needed"
        )
    names = [name for name in rows[0] if name != chain]
    return {
        name: np.array([[number(row, name) for row in draws] for draws in by_chain.values()])
        for name in names
    }


def number(row, name):
    try:
        value = float(row[name])
    except (TypeError, ValueError):
        value = float("nan")
    if not np.isfinite(value):
        raise ValueError(f"column {name!r} holds {row[name]!r}, which is no number")
    return value


def check(chains):
    found, warnings = {}, []
    for name, draws in chains.items():
        if np.ptp(draws) == 0:
            warnings.append(f"{name} never moves")
            continue
        halves = split(draws)
        folded = np.abs(halves - np.median(halves))
        rhat = max(r_hat(normal_scores(halves)), r_hat(normal_scores(folded)))
        effective = effective_draws(normal_scores(halves))
        error = draws.std(ddof=1) / np.sqrt(effective_draws(halves))
        found[name] = {
            "mean": float(draws.mean()),
            "deviation": float(draws.std(ddof=1)),
            "r_hat": round(float(rhat), 4),
            "effective_draws": round(float(effective), 1),
            "error_of_mean": float(error),
        }
        if rhat > LARGEST_RHAT:
            warnings.append(f"{name}: R-hat {rhat:.3f}; the chains disagree")
        if effective < FEWEST_A_CHAIN * len(draws):
            warnings.append(f"{name}: {effective:.0f} effective draws are few")
    shape = next(iter(chains.values())).shape
    return {
        "chains": shape[0],
        "draws": shape[1],
        "believable": not warnings,
        "parameters": found,
        "warnings": warnings,
    }


def split(draws):
    """A chain that wanders differs from itself."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def normal_scores(draws):
    values, index, counts = np.unique(draws, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[index.reshape(-1)]
    quantile = NormalDist().inv_cdf
    scores = [quantile((rank - 0.375) / (draws.size + 0.25)) for rank in ranks]
    return np.array(scores).reshape(draws.shape)


def r_hat(draws):
    n = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean()
    between = n * draws.mean(axis=1).var(ddof=1)
    return np.sqrt(((n - 1) / n * within + between / n) / within)


def effective_draws(draws):
    """Geyer: pairs of autocorrelations are summed while they stay positive and fall."""
    chains, n = draws.shape
    centred = draws - draws.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * n, axis=1)
    covariance = np.fft.irfft(spectrum * spectrum.conj(), axis=1)[:, :n].mean(axis=0) / n
    within = covariance[0] * n / (n - 1)
    total = covariance[0] + draws.mean(axis=1).var(ddof=1)
    rho = 1 - (within - covariance) / total
    rho[0] = 1
    pairs = rho[: n // 2 * 2].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    kept = np.minimum.accumulate(pairs[: negative[0] if len(negative) else None])
    time = max(-1 + 2 * kept.sum(), 1 / np.log10(chains * n))
    return chains * n / time


if __name__ == "__main__":
    sys.exit(main())
