#!/usr/bin/env python3
"""Say whether a table of numbers has clusters, how many, and how firmly.

For each k: the silhouette, the same on columns shuffled apart (what no structure
gives), and how far two halves of the rows agree. A picture (--out) is made by
UMAP where it is installed, else by PCA. Needs scikit-learn and pandas.
"""
import argparse
import json
import sys

try:
    import numpy as np
    import pandas as pd
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.manifold import trustworthiness
    from sklearn.metrics import adjusted_rand_score, silhouette_score
    from sklearn.preprocessing import StandardScaler
except ImportError:
    np = None

MOST_ROWS = 3000


def main():
    args = arguments()
    if np is None:
        print(json.dumps({"error": "scikit-learn and pandas are not installed"}))
        return 3
    try:
        X, columns = read(args)
        answer = report(X, args)
    except (OSError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps({"rows": len(X), "columns": columns, **answer}, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--columns", help="comma-separated; all numeric ones otherwise")
    parser.add_argument("--most", type=int, default=8, help="largest number of clusters")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", help="file for a picture, such as clusters.png")
    args = parser.parse_args()
    if args.most < 2:
        parser.error("--most must be at least 2")
    return args


def read(args):
    table = pd.read_csv(args.table)
    columns = args.columns.split(",") if args.columns else list(
        table.select_dtypes("number")
    )
    for name in columns:
        if name not in table:
            raise ValueError(f"no column {name!r}; there are {', '.join(table)}")
    table = table[columns].apply(pd.to_numeric, errors="coerce").dropna()
    table = table.loc[:, table.nunique() > 1]
    if table.shape[1] < 2 or len(table) < 10 * args.most:
        raise ValueError(
            f"{table.shape[1]} columns that vary and {len(table)} complete rows are too "
            f"few; 2 columns and {10 * args.most} rows are needed"
        )
    table = table.sample(min(len(table), MOST_ROWS), random_state=args.seed)
    return StandardScaler().fit_transform(table), list(table)


def report(X, args):
    rng = np.random.default_rng(args.seed)
    apart = np.column_stack([rng.permutation(column) for column in X.T])
    halves = np.array_split(rng.permutation(len(X)), 2)
    found = []
    for k in range(2, args.most + 1):
        labels = fit(X, k, args.seed).labels_
        one, other = (fit(X[half], k, args.seed).predict(X) for half in halves)
        found.append({
            "k": k,
            "silhouette": float(silhouette_score(X, labels)),
            "silhouette_without_structure": float(
                silhouette_score(apart, fit(apart, k, args.seed).labels_)
            ),
            "agreement_of_halves": float(adjusted_rand_score(one, other)),
            "smallest": int(np.bincount(labels).min()),
        })
    firm = [
        one for one in found
        if one["agreement_of_halves"] > 0.8
        and one["silhouette"] > one["silhouette_without_structure"] + 0.05
    ]
    best = max(firm, key=lambda one: one["silhouette"], default=None)
    return {
        "clusters": best["k"] if best else None,
        "verdict": "clusters" if best else "no clusters that two halves of the rows share",
        "by_k": found,
        "picture": picture(X, best["k"] if best else None, args),
    }


def fit(X, k, seed):
    return KMeans(n_clusters=k, n_init=5, random_state=seed).fit(X)


def picture(X, k, args):
    method, flat = flatten(X, args.seed)
    kept = float(trustworthiness(X, flat, n_neighbors=10))
    answer = {"method": method, "trustworthiness": kept}
    if not args.out:
        return answer
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(5, 4.4), layout="constrained")
    labels = fit(X, k, args.seed).labels_ if k else np.zeros(len(X), int)
    # Colour and marker both tell clusters apart.
    colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "0.3"]
    for label in range(k or 1):
        rows = labels == label
        axes.scatter(
            *flat[rows].T, s=10, alpha=0.7, marker="os^Dv<>"[label % 7],
            color=colours[label % 7], label=f"cluster {label + 1} ({rows.sum()} rows)",
        )
    if k:
        axes.legend(frameon=False, fontsize=8)
    axes.set(
        xlabel=f"{method} 1", ylabel=f"{method} 2", xticks=[], yticks=[],
        title=f"{len(X)} rows; trustworthiness {kept:.2f}",
    )
    figure.savefig(args.out, dpi=150)
    return {**answer, "figure": args.out}


def flatten(X, seed):
    try:
        import umap
    except ImportError:
        return "PCA", PCA(n_components=2, random_state=seed).fit_transform(X)
    return "UMAP", umap.UMAP(n_components=2, random_state=seed).fit_transform(X)


if __name__ == "__main__":
    sys.exit(main())
