#!/usr/bin/env python3
"""Train a recurrent network with truncated backpropagation; a template to copy.

Without --csv it learns a toy task: repeat the input of --delay steps ago.
With --csv it predicts the next value of one numeric column. The last fifth of
the series is for validation; it is scaled by the statistics of the rest.
Prints one JSON object. Needs PyTorch.
"""
import argparse
import csv
import json
import math
import resource
import sys

try:
    import torch
    from torch import nn
except ImportError:
    torch = None


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--csv", help="file with a header line, in order of time")
    parser.add_argument("--column", help="numeric column of the file")
    parser.add_argument("--delay", type=int, default=3, help="of the toy task")
    parser.add_argument("--steps", type=int, default=4000, help="of the toy task")
    parser.add_argument("--window", type=int, default=25, help="steps of a window")
    parser.add_argument("--streams", type=int, default=16)
    parser.add_argument("--hidden", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument("--rate", type=float, default=1e-2)
    parser.add_argument("--clip", type=float, default=1.0, help="norm of gradients")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    for name in ("delay", "steps", "window", "streams", "hidden", "epochs"):
        if getattr(args, name) < 1:
            parser.error(f"--{name} must be at least 1")
    if bool(args.csv) != bool(args.column):
        parser.error("--csv and --column go together")
    return args


def main():
    args = arguments()
    if torch is None:
        print(json.dumps({"error": "PyTorch is not installed"}))
        return 3
    try:
        print(json.dumps(train(args), indent=2))
    except (OSError, ValueError) as fault:
        print(json.dumps({"error": str(fault)}))
        return 2
    return 0


def train(args):
    torch.manual_seed(args.seed)
    inputs, targets = series_of(args)
    cut = len(inputs) * 4 // 5
    mean, scale = inputs[:cut].mean(), inputs[:cut].std().clamp_min(1e-8)
    inputs, targets = (inputs - mean) / scale, (targets - mean) / scale
    x, y = (streams_of(part[:cut], args.streams) for part in (inputs, targets))
    model = Recurrent(args.hidden)
    optimizer = torch.optim.Adam(model.parameters(), lr=args.rate)
    losses, norms = [], []
    for _ in range(args.epochs):
        loss, norm = train_epoch(model, optimizer, x, y, args.window, args.clip)
        losses.append(loss)
        norms.append(norm)
    return {
        "seed": args.seed,
        "windows_an_epoch": math.ceil(x.shape[1] / args.window),
        "loss_first": round(losses[0], 5),
        "loss_last": round(losses[-1], 5),
        "largest_gradient_norm": round(max(norms), 3),
        # In KiB on Linux; flat however long the sequence is.
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "loss_validation": round(validate(model, inputs, targets, cut), 5),
        "loss_of_repeating_the_last_value": round(naive(inputs, targets, cut), 5),
    }


class Recurrent(nn.Module if torch else object):
    def __init__(self, hidden):
        super().__init__()
        self.cell = nn.LSTM(1, hidden, batch_first=True)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x, state=None):
        out, state = self.cell(x, state)
        return self.head(out), state


def train_epoch(model, optimizer, x, y, window, clip):
    """Streams begin anew with each epoch, and so does their state."""
    model.train()
    state, total, largest = None, 0.0, 0.0
    for part, wanted in zip(x.split(window, dim=1), y.split(window, dim=1)):
        if state is not None:
            state = tuple(one.detach() for one in state)
        optimizer.zero_grad(set_to_none=True)
        prediction, state = model(part, state)
        loss = nn.functional.mse_loss(prediction, wanted)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), clip).item()
        optimizer.step()
        total += loss.item() * part.shape[1]
        largest = max(largest, norm)
    if not math.isfinite(total):
        raise ValueError("the loss is not finite: lower --rate or --clip")
    return total / x.shape[1], largest


def validate(model, inputs, targets, cut):
    """The training part warms the state up; only what follows counts."""
    model.eval()
    with torch.no_grad():
        _, state = model(inputs[:cut].unsqueeze(0))
        out, _ = model(inputs[cut:].unsqueeze(0), state)
        return nn.functional.mse_loss(out[0], targets[cut:]).item()


def naive(inputs, targets, cut):
    return nn.functional.mse_loss(inputs[cut:], targets[cut:]).item()


def series_of(args):
    """Inputs and targets, each (steps, 1)."""
    if args.csv is None:
        x = torch.randn(args.steps, 1)
        y = torch.roll(x, args.delay, dims=0)
        return x[args.delay :], y[args.delay :]
    with open(args.csv, newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        if args.column not in (rows.fieldnames or []):
            raise ValueError(f"{args.csv} has no column {args.column!r}")
        values = [float(row[args.column] or "nan") for row in rows]
    if len(values) < 5 * args.streams:
        raise ValueError(f"{len(values)} rows are too few for {args.streams} streams")
    series = torch.tensor(values).unsqueeze(1)
    if not torch.isfinite(series).all():
        raise ValueError(f"column {args.column!r} holds values that are not finite")
    return series[:-1], series[1:]


def streams_of(series, streams):
    steps = len(series) // streams
    if steps < 2:
        raise ValueError(f"{len(series)} steps are too few for {streams} streams")
    return series[: steps * streams].reshape(streams, steps, 1)


if __name__ == "__main__":
    sys.exit(main())
