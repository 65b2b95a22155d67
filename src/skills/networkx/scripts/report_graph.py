#!/usr/bin/env python3
"""Describe a graph given as a CSV list of edges, before features are made of it.

Size, loops and repeats, components, degrees, communities, and who connects most.
Prints one JSON object. Needs NetworkX.
"""
import argparse
import csv
import json
import statistics
import sys

try:
    import networkx as nx
except ImportError:
    nx = None

COSTLY = 5000


def main():
    args = arguments()
    if nx is None:
        print(json.dumps({"error": "NetworkX is not installed"}))
        return 3
    try:
        answer = describe(read(args), args)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    print(json.dumps(answer, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", help="CSV file with a header line, one row an edge")
    parser.add_argument("--source", default="source", help="column (default source)")
    parser.add_argument("--target", default="target", help="column (default target)")
    parser.add_argument("--directed", action="store_true")
    parser.add_argument("--top", type=int, default=5, help="nodes to name")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def read(args):
    with open(args.table, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise ValueError(f"{args.table} has no rows below its header")
    for name in (args.source, args.target):
        if name not in rows[0]:
            raise ValueError(f"no column {name!r}; there are {', '.join(rows[0])}")
    edges = [(row[args.source], row[args.target]) for row in rows]
    for line, ends in enumerate(edges, start=2):
        if not all(ends):
            raise ValueError(f"line {line} of {args.table} lacks an end of its edge")
    return edges


def describe(edges, args):
    graph = (nx.DiGraph if args.directed else nx.Graph)(edges)
    loops = nx.number_of_selfloops(graph)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    flat = graph.to_undirected()
    parts = sorted(nx.connected_components(flat), key=len, reverse=True)
    degrees = sorted(degree for _, degree in graph.degree)
    core = flat.subgraph(parts[0])
    groups = nx.algorithms.community.louvain_communities(flat, seed=args.seed)
    rank = nx.pagerank(graph) if graph.size() else {}
    between = nx.betweenness_centrality(
        flat, k=min(len(flat), 200), seed=args.seed
    ) if len(flat) <= COSTLY else {}
    warnings = []
    if loops:
        warnings.append(f"{loops} edges lead back to their own node; left out")
    if len(edges) - loops > graph.number_of_edges():
        warnings.append("some edges repeat; counted once, no weight kept")
    if len(parts) > 1:
        warnings.append("several components: paths and centralities compare within one")
    if not between:
        warnings.append(f"more than {COSTLY} nodes: no betweenness")
    return {
        "nodes": graph.number_of_nodes(),
        "edges": graph.number_of_edges(),
        "directed": args.directed,
        "density": nx.density(graph),
        "components": len(parts),
        "largest_component_share": len(parts[0]) / len(flat),
        "degree": {
            "median": statistics.median(degrees),
            "largest": degrees[-1],
            "share_of_one": degrees.count(1) / len(degrees),
        },
        "clustering": nx.average_clustering(core) if len(core) <= COSTLY else None,
        "communities": {
            "count": len(groups),
            "modularity": nx.algorithms.community.modularity(flat, groups)
            if flat.size()
            else None,
            "largest": max(map(len, groups)),
        },
        "top_by_pagerank": top(rank, args.top),
        "top_by_betweenness": top(between, args.top),
        "warnings": warnings,
    }


def top(scores, count):
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return {name: round(score, 5) for name, score in ranked[:count]}


if __name__ == "__main__":
    sys.exit(main())
