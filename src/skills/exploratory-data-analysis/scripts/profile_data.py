#!/usr/bin/env python3
"""Profile a CSV table: types, gaps, duplicates, balance, and columns that tell too much.

Prints one JSON object: rows, columns, target, and warnings in words. Nothing is
changed and no model is fitted. Needs pandas.
"""
import argparse
import json
import sys

try:
    import numpy as np
    import pandas as pd
except ImportError:
    pd = None

FEW_CLASSES = 20
TOO_WELL = 0.97
SENTINELS = (-1, -9, -99, -999, -9999, 999, 9999, 99999)


def main():
    args = arguments()
    if pd is None:
        print(json.dumps({"error": "pandas is not installed"}))
        return 3
    try:
        table = pd.read_csv(args.table, nrows=args.rows)
        answer = profile(table, args.target, args.group)
    except (OSError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2, default=plain))
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", help="CSV file with a header line")
    parser.add_argument("--target", help="column to predict")
    parser.add_argument("--group", help="column that names who a row belongs to")
    parser.add_argument("--rows", type=int, default=200_000, help="rows to read")
    return parser.parse_args()


def profile(table, target, group):
    for name in filter(None, (target, group)):
        if name not in table:
            raise ValueError(f"no column {name!r}; there are {', '.join(table)}")
    if table.empty:
        raise ValueError("the table has no rows below its header")
    warnings = []
    columns = [describe(name, table[name], warnings) for name in table]
    doubles = int(table.duplicated().sum())
    if doubles:
        warnings.append(f"{doubles} rows repeat another row in every column")
    answer = {"rows": len(table), "duplicate_rows": doubles, "columns": columns}
    if group:
        sizes = table[group].value_counts()
        answer["group"] = {"values": len(sizes), "largest": int(sizes.iloc[0])}
        if sizes.iloc[0] > 1:
            warnings.append(f"{group!r} repeats: split by it, and count its values")
    if target:
        answer["target"] = study(table, target, group, warnings)
    return {**answer, "warnings": warnings}


def describe(name, column, warnings):
    filled = column.dropna()
    distinct = int(filled.nunique())
    seen = {
        "name": name,
        "kind": kind_of(filled),
        "missing": float(column.isna().mean()),
        "distinct": distinct,
    }
    if seen["missing"] > 0.5:
        warnings.append(f"{name!r} is empty in {seen['missing']:.0%} of the rows")
    if distinct <= 1:
        warnings.append(f"{name!r} never changes")
    elif seen["kind"] != "quantity" and distinct == len(filled) > FEW_CLASSES:
        warnings.append(f"{name!r} differs in every row: an identifier, no feature")
    if seen["kind"] == "quantity":
        low, middle, high = filled.quantile([0.25, 0.5, 0.75])
        far = (filled < low - 3 * (high - low)) | (filled > high + 3 * (high - low))
        seen |= {"min": filled.min(), "median": middle, "max": filled.max()}
        seen["far_out"] = float(far.mean()) if high > low else 0.0
        for value in SENTINELS:
            share = float((filled == value).mean())
            if share > 0.01 and value in (filled.min(), filled.max()):
                warnings.append(f"{name!r} is {value} in {share:.0%}: a code for a gap?")
    elif distinct:
        top = filled.astype(str).value_counts(normalize=True)
        seen["most_frequent"] = {"value": top.index[0], "share": float(top.iloc[0])}
        trimmed = filled.astype(str).str.strip().str.lower().nunique()
        if trimmed < distinct:
            warnings.append(f"{name!r} has values that differ in case or spaces alone")
    return seen


def kind_of(filled):
    if pd.api.types.is_bool_dtype(filled):
        return "category"
    if pd.api.types.is_numeric_dtype(filled):
        whole = bool((filled % 1 == 0).all())
        return "category" if whole and filled.nunique() <= 2 else "quantity"
    text = filled.astype(str).head(200)
    dated = text.str.match(r"\d{4}-\d{2}-\d{2}").mean() if len(text) else 0
    return "date" if dated > 0.9 else "category"


def study(table, target, group, warnings):
    label = table[target]
    gaps = float(label.isna().mean())
    if gaps:
        warnings.append(f"the target is missing in {gaps:.1%} of the rows")
    features = table.drop(columns=[target, *([group] if group else [])])
    inputs = pd.util.hash_pandas_object(features, index=False).to_numpy()
    torn = int((label.groupby(inputs).nunique() > 1).sum())
    if torn:
        warnings.append(f"{torn} inputs come with several labels")
    if label.nunique() > FEW_CLASSES:
        return {"kind": "quantity", "mean": label.mean(), "deviation": label.std()}
    shares = label.value_counts(normalize=True)
    if shares.iloc[-1] < 0.1:
        warnings.append(f"class {shares.index[-1]!r} is rare ({shares.iloc[-1]:.1%})")
    told = {}
    if len(shares) == 2:
        rare = (label == shares.index[-1]).to_numpy()
        for name in features:
            told[name] = separation(features[name], rare)
            if told[name] > TOO_WELL:
                warnings.append(f"{name!r} alone gives the target away ({told[name]:.3f})")
    shares.index = shares.index.map(str)
    return {"kind": "classes", "shares": shares.to_dict(), "area_by_column": told}


def separation(column, rare):
    """Area under the curve of this column alone, gaps and categories as values."""
    if pd.api.types.is_numeric_dtype(column) and not column.isna().any():
        ranks = column.astype(float).rank().to_numpy()
    else:
        # Rare categories would each know their own rows: they are one.
        text = column.astype(str)
        sizes = text.map(text.value_counts())
        text = text.where(sizes >= 20, "(rare)")
        ranks = pd.Series(rare).groupby(text.to_numpy()).transform("mean").rank().to_numpy()
    hits, misses = rare.sum(), (~rare).sum()
    area = (ranks[rare].sum() - hits * (hits + 1) / 2) / (hits * misses)
    return float(max(area, 1 - area))


def plain(value):
    return value.item() if isinstance(value, np.generic) else str(value)


if __name__ == "__main__":
    sys.exit(main())
