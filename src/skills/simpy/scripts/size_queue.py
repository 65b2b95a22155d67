#!/usr/bin/env python3
"""How many servers keep waiting short enough, by simulation with intervals.

Random arrivals, one line, equal servers. Service times are random with the
given mean; --spread is their deviation over the mean (1: exponential, 0: fixed).
With spread 1 the answer is checked against Erlang's formula. Needs SimPy.
"""
import argparse
import json
import math
import random
import statistics
import sys

try:
    import simpy
except ImportError:
    simpy = None


def main():
    args = arguments()
    if simpy is None:
        print(json.dumps({"error": "SimPy is not installed"}))
        return 3
    load = args.arrivals * args.service
    found, least = [], math.floor(load) + 1
    for servers in range(least, least + args.most):
        found.append(study(servers, args))
        if found[-1]["interval"][1] <= args.wait:
            break
    enough = found[-1]["interval"][1] <= args.wait
    answer = {
        "load": load,
        "servers": found[-1]["servers"] if enough else None,
        "tried": found,
    }
    print(json.dumps(answer, indent=2))
    return 0


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--arrivals", type=float, required=True, help="a unit of time")
    parser.add_argument("--service", type=float, required=True, help="mean time of one")
    parser.add_argument("--wait", type=float, required=True, help="longest mean wait")
    parser.add_argument("--spread", type=float, default=1.0, help="default 1")
    parser.add_argument("--customers", type=int, default=2000, help="of each repeat")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--most", type=int, default=5, help="numbers of servers to try")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    for name in ("arrivals", "service", "wait"):
        if getattr(args, name) <= 0:
            parser.error(f"--{name} must be above 0")
    if args.spread < 0 or args.repeats < 2 or args.customers < 100 or args.most < 1:
        parser.error("--spread >= 0, --repeats >= 2, --customers >= 100, --most >= 1")
    return args


def study(servers, args):
    """Repeats with the same seeds for each number of servers: differences are theirs."""
    means = [simulate(servers, args, args.seed + i) for i in range(args.repeats)]
    middle = statistics.fmean(means)
    half = quantile(args.repeats - 1) * statistics.stdev(means) / math.sqrt(args.repeats)
    return {
        "servers": servers,
        "mean_wait": middle,
        "interval": [max(0.0, middle - half), middle + half],
        "busy": args.arrivals * args.service / servers,
        "erlang": erlang(servers, args) if args.spread == 1 else None,
    }


def simulate(servers, args, seed):
    rng = random.Random(seed)
    env = simpy.Environment()
    desk = simpy.Resource(env, capacity=servers)
    waits = []

    def customer():
        came = env.now
        needed = service_time(rng, args)
        with desk.request() as turn:
            yield turn
            waits.append(env.now - came)
            yield env.timeout(needed)

    def arrivals():
        for _ in range(args.customers):
            yield env.timeout(rng.expovariate(args.arrivals))
            env.process(customer())

    env.process(arrivals())
    env.run()
    # The line begins empty: the first customers do not count.
    return statistics.fmean(waits[len(waits) // 5 :])


def service_time(rng, args):
    if args.spread == 0:
        return args.service
    shape = 1 / args.spread**2
    return rng.gammavariate(shape, args.service / shape)


def erlang(servers, args):
    """Mean wait of random arrivals and exponential service, in the long run."""
    load = args.arrivals * args.service
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    waits = blocked / (1 - load / servers * (1 - blocked))
    return waits * args.service / (servers - load)


def quantile(df):
    """Student's t for 95 %, to within a percent from 2 degrees on."""
    z = 1.96
    return {1: 12.71, 2: 4.30, 3: 3.18}.get(
        df, z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df * df)
    )


if __name__ == "__main__":
    sys.exit(main())
