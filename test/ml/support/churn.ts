// A small made-up churn repository with an adapter, for the evaluator's tests.

import { randomOf } from "../../../src/ml/evaluation/random.ts";
import type { EvaluationContract } from "../../../src/reports/evaluation-plan.ts";

export const bytes = (text: string) => new TextEncoder().encode(text);

/** Churn grows with `tickets` and falls with `tenure`; `noise` means nothing. */
export function churnTable(rows = 600, key = "churn"): string {
	const random = randomOf(key);
	const lines = Array.from({ length: rows }, (_, i) => {
		const tenure = random.below(60);
		const tickets = random.below(8);
		const logit = 0.7 * tickets - 0.05 * tenure - 1.8;
		const churned = random.next() < 1 / (1 + Math.exp(-logit)) ? "yes" : "no";
		const customer = `c${Math.floor(i / 2)}`;
		const region = ["north", "south", "east"][random.below(3)];
		const noise = random.next().toFixed(6);
		return `r${i},${customer},${region},${tenure},${tickets},${noise},${churned}`;
	});
	return `row_id,customer_id,region,tenure,tickets,noise,churned\n${lines.join("\n")}\n`;
}

export const contract: EvaluationContract = {
	task: "binary classification",
	data: "data/churn.csv",
	label: "churned",
	positive: "yes",
	id: "row_id",
	split: { kind: "group", group: "customer_id", held_out: 0.25 },
	seeds: [1, 2, 3],
	primary: { metric: "roc_auc", minimum_delta: 0.02 },
	secondary: ["pr_auc", "brier"],
	alpha: 0.05,
	slices: ["region", "tenure"],
};

/** Trains a logistic regression on standardised columns; the baseline sees the noise only. */
export const ADAPTER_CODE = `
import argparse, csv, json, math, random

COLUMNS = {"model": ["tenure", "tickets", "noise"], "baseline": ["noise"]}

def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    for name in ("system", "data", "model-dir", "seed", "features", "out"):
        parser.add_argument("--" + name)
    return parser.parse_args()

def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))

def scaled(row, model):
    return [(float(row[c]) - m) / s for c, m, s in zip(model["columns"], model["means"], model["scales"])]

def probability(values, weights):
    z = weights[0] + sum(w * v for w, v in zip(weights[1:], values))
    return 1 / (1 + math.exp(-max(min(z, 30), -30)))

def train(args):
    rows = read(args.data)
    columns = COLUMNS[args.system]
    means, scales = [], []
    for column in columns:
        cells = [float(row[column]) for row in rows]
        mean = sum(cells) / len(cells)
        means.append(mean)
        scales.append(math.sqrt(sum((c - mean) ** 2 for c in cells) / len(cells)) or 1.0)
    model = {"columns": columns, "means": means, "scales": scales, "weights": [0.0] * (len(columns) + 1)}
    chance = random.Random(int(args.seed))
    samples = [(scaled(row, model), row["churned"] == "yes") for row in rows]
    weights = model["weights"]
    for epoch in range(8):
        chance.shuffle(samples)
        for values, label in samples:
            error = probability(values, weights) - label
            weights[0] -= 0.06 * error
            for i, value in enumerate(values):
                weights[i + 1] -= 0.06 * error * value
    with open(args.model_dir + "/model.json", "w") as file:
        json.dump(model, file)

def predict(args):
    with open(args.model_dir + "/model.json") as file:
        model = json.load(file)
    with open(args.out, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "prediction"])
        for row in read(args.features):
            writer.writerow([row["row_id"], probability(scaled(row, model), model["weights"])])

if __name__ == "__main__":
    arguments_ = arguments()
    train(arguments_) if arguments_.command == "train" else predict(arguments_)
`;

/** The whole repository; `adapter` undefined leaves the adapter out. */
export function repository(
	adapter: string | undefined = ADAPTER_CODE,
	table = churnTable(),
): Map<string, Uint8Array> {
	const files = new Map([["data/churn.csv", bytes(table)]]);
	if (adapter) files.set("modelwright_eval.py", bytes(adapter));
	return files;
}
