#!/usr/bin/env python3
"""Which columns a model leans on: permutation importance on held-out rows.

Fits gradient boosted trees to a CSV table, holds a part out (by --group where
rows repeat), and permutes one column, or one group of columns that stand in for
each other, at a time. Adds mean |SHAP| where shap is installed. Importance is
what this model uses, not what causes the target. Needs scikit-learn and pandas.
"""
import argparse
import json
import sys

try:
    import numpy as np
    import pandas as pd
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.metrics import get_scorer
    from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit
except ImportError:
    np = None

ALIKE = 0.9
FEW_CLASSES = 20


def main():
    args = arguments()
    if np is None:
        print(json.dumps({"error": "scikit-learn and pandas are not installed"}))
        return 3
    try:
        answer = study(pd.read_csv(args.table), args)
    except (OSError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--target", required=True, help="column to predict")
    parser.add_argument("--group", help="column that names who a row belongs to")
    parser.add_argument("--repeats", type=int, default=10, help="permutations each")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if args.repeats < 2:
        parser.error("--repeats must be at least 2")
    return args


def study(table, args):
    for name in filter(None, (args.target, args.group)):
        if name not in table:
            raise ValueError(f"no column {name!r}; there are {', '.join(table)}")
    table = table.dropna(subset=[args.target])
    if len(table) < 50:
        raise ValueError(f"{len(table)} rows with a target are too few; 50 are needed")
    y = table[args.target]
    classes = y.nunique() <= FEW_CLASSES
    if not classes and not pd.api.types.is_numeric_dtype(y):
        raise ValueError(f"{args.target!r} is neither a number nor at most 20 classes")
    owners = table[args.group] if args.group else None
    X = table.drop(columns=[args.target, *([args.group] if args.group else [])])
    X = X.apply(lambda c: c if pd.api.types.is_numeric_dtype(c) else codes(c))
    split = (GroupShuffleSplit if args.group else ShuffleSplit)(
        n_splits=1, test_size=0.3, random_state=args.seed
    )
    train, test = next(split.split(X, y, groups=owners))
    kind = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    model = kind(random_state=args.seed, early_stopping=False, max_iter=60)
    model.fit(X.iloc[train], y.iloc[train])
    measure = "neg_log_loss" if classes else "neg_mean_absolute_error"
    score = get_scorer(measure)
    held, truth = X.iloc[test], y.iloc[test]
    reached = score(model, held, truth)
    rng = np.random.default_rng(args.seed)
    found = []
    for columns in alike(X.iloc[train]):
        drops = []
        for _ in range(args.repeats):
            mixed = held.copy()
            # Together, or each would be rescued by the others.
            mixed[columns] = held[columns].to_numpy()[rng.permutation(len(held))]
            drops.append(reached - score(model, mixed, truth))
        found.append({
            "columns": columns,
            "importance": float(np.mean(drops)),
            "deviation": float(np.std(drops, ddof=1)),
        })
    found.sort(key=lambda one: -one["importance"])
    return {
        "measure": measure,
        "rows": {"train": len(train), "held_out": len(test)},
        "score": float(reached),
        "score_without_columns": float(baseline(y.iloc[train], truth, classes)),
        "importance": found,
        "no_better_than_noise": [
            one["columns"] for one in found if one["importance"] <= 2 * one["deviation"]
        ],
        "mean_abs_shap": shap_of(model, held),
    }


def codes(column):
    """Categories as numbers in order of name; gaps stay gaps."""
    numbers = column.astype("category").cat.codes.astype(float)
    return numbers.where(numbers >= 0)


def alike(X):
    """Columns in groups whose ranks follow each other."""
    ranks = X.corr(method="spearman").abs()
    groups, left = [], list(X)
    while left:
        first = left[0]
        group = [name for name in left if name == first or ranks.loc[first, name] > ALIKE]
        groups.append(group)
        left = [name for name in left if name not in group]
    return groups


def baseline(train, truth, classes):
    if not classes:
        return -(truth - train.median()).abs().mean()
    shares = train.value_counts(normalize=True)
    return np.log(truth.map(shares).fillna(1e-15)).mean()


def shap_of(model, held):
    try:
        import shap
    except ImportError:
        return None
    values = np.abs(shap.TreeExplainer(model)(held.head(500)).values)
    means = values.reshape(len(values), values.shape[1], -1).mean(axis=(0, 2))
    return dict(zip(held.columns, map(float, means)))


if __name__ == "__main__":
    sys.exit(main())
