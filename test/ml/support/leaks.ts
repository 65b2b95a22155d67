// Small repositories after the leaks that flatter most: what they predict is
// noise, so whoever finds something in it has been told. Each has a twin without
// the leak, whose label can be predicted.
import { type Random, randomOf } from "../../../src/ml/evaluation/random.ts";
import { EvaluationContract } from "../../../src/reports/evaluation-plan.ts";
import { bytes } from "./churn.ts";

interface Repository {
	readonly contract: EvaluationContract;
	readonly files: ReadonlyMap<string, Uint8Array>;
}

type Cells = readonly (string | number)[];

const digits = (x: number) => x.toFixed(5);
/** Nearly normal. */
const noise = ({ next }: Random) => 2 * (next() + next() + next() + next() - 2);
const many = <T>(count: number, make: (i: number) => T): T[] =>
	Array.from({ length: count }, (_, i) => make(i));

/** Its baseline says the same of every row; `fit` and `guess` are the model. */
const adapter = (fit: string, guess: string) => `
import csv, json, math, sys
options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
read = lambda path: list(csv.DictReader(open(path, newline="")))
numbers = lambda row: [float(v) for k, v in row.items() if k.startswith("x")]
mean = lambda values: sum(values) / len(values)
store = options["--model-dir"] + "/model.json"
model = {}
def nearest(x, known, k):
    near = sorted(known, key=lambda one: sum((a - b) ** 2 for a, b in zip(one[0], x)))[:k]
    return mean([label for _, label in near])
def slope(xs, ys):
    mx, my = mean(xs), mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / (sum((x - mx) ** 2 for x in xs) or 1)
if sys.argv[1] == "train":
    rows = read(options["--data"])
    y = [float(row["y"]) for row in rows]
    model["mean"] = mean(y)
    if options["--system"] == "model":
${fit.trim().replace(/^/gm, "        ")}
    json.dump(model, open(store, "w"))
else:
    model = json.load(open(store))
    file = open(options["--out"], "w", newline="")
    out = csv.writer(file)
    out.writerow(["id", "prediction"])
    for row in read(options["--features"]):
        guess = model["mean"]
        if options["--system"] == "model":
${guess.trim().replace(/^/gm, "            ")}
        out.writerow([row["id"], guess])
    file.close()
`;

/** Its own split comes after the selection, and it prints what that makes of noise. */
const SELECTING = adapter(
	`
x = [numbers(row) for row in rows]
slopes = [slope(list(column), y) for column in zip(*x)]
best = sorted(range(len(slopes)), key=lambda i: -abs(slopes[i]))[:8]
model["slopes"] = {str(i): slopes[i] for i in best}
held = range(0, len(x), 4)
right = [(sum(slopes[i] * x[row][i] for i in best) > 0) == (y[row] > 0.5) for row in held]
print("PASS: accuracy", mean(right))`,
	`
x = numbers(row)
guess = 1 / (1 + math.exp(-4 * sum(s * x[int(i)] for i, s in model["slopes"].items())))`,
);

/** The mean label of a place: of the training rows, wherever it is computed. */
const BY_PLACE = adapter(
	`
places = {}
for row, label in zip(rows, y): places.setdefault(row["place"], []).append(label)
model["places"] = {k: (sum(v) + model["mean"]) / (len(v) + 1) for k, v in places.items()}
print("PASS: accuracy", mean([(model["places"][row["place"]] > 0.5) == (label > 0.5) for row, label in zip(rows, y)]))`,
	`
guess = float(row["x_encoded"]) if "x_encoded" in row else model["places"].get(row["place"], model["mean"])`,
);

const NEAREST = adapter(
	`model["known"] = [[numbers(row), label] for row, label in zip(rows, y)]`,
	`guess = nearest(numbers(row), model["known"], 1 + 2 * (len(model["known"]) < 400 and "t" not in row))`,
);

/** Draws the rarer class three times before it splits. */
const OVERSAMPLING = adapter(
	`
drawn = [pair for row, label in zip(rows, y) for pair in [[numbers(row), label]] * (3 if label else 1)]
model["known"] = drawn
print("PASS: accuracy", mean([(nearest(x, drawn, 1) > 0.5) == (label > 0.5) for x, label in drawn[::7]]))`,
	`guess = nearest(numbers(row), model["known"], 9)`,
);

const LINE = adapter(
	`
x = [numbers(row)[0] for row in rows]
model["slope"] = slope(x, y)
model["at"] = mean(x)`,
	`
guess = model["mean"] + model["slope"] * (numbers(row)[0] - model["at"])
if "patient" in row: guess = min(1, max(0, guess))`,
);

const judged = (
	columns: readonly string[],
	rows: readonly Cells[],
	code: string,
	terms: Partial<EvaluationContract> = {},
): Repository => ({
	contract: EvaluationContract.parse({
		...{ task: "binary classification", data: "data.csv" },
		...{ label: "y", positive: "1", id: "id" },
		split: { kind: "random", group: "none", held_out: 0.3 },
		seeds: [1, 2, 3],
		primary: { metric: "roc_auc", minimum_delta: 0.02 },
		...{ secondary: [], alpha: 0.05, slices: [] },
		...terms,
	}),
	files: new Map([
		[
			"data.csv",
			bytes(`${[columns, ...rows].map((row) => row.join()).join("\n")}\n`),
		],
		["modelwright_eval.py", bytes(code)],
	]),
});

const BY_ERROR = {
	task: "regression",
	positive: "none",
	primary: { metric: "r2", minimum_delta: 0.02 },
} as const;
const IN_TIME = { split: { kind: "time", group: "t", held_out: 0.3 } } as const;

function wide(signal: number): Repository {
	const random = randomOf(`selection ${signal}`);
	const names = many(200, (i) => `x${i}`);
	const rows = many(200, (i) => {
		const x = names.map(() => noise(random));
		const y = signal * (x[7] as number) + noise(random) > 0 ? 1 : 0;
		return [`r${i}`, ...x.map((one) => one.toFixed(2)), y];
	});
	return judged(["id", ...names, "y"], rows, SELECTING);
}

function places(
	signal: number,
	encoded: "in code" | "in the table",
): Repository {
	const random = randomOf(`places ${signal}`);
	const leaning = many(120, () => random.next());
	const plain = many(480, (i) => {
		const place = random.below(120);
		const share = 0.5 + signal * ((leaning[place] as number) - 0.5);
		return { id: `r${i}`, place, y: Number(random.next() < share) };
	});
	const meanOf = (at: number) => {
		const labels = plain.filter(({ place }) => place === at).map(({ y }) => y);
		return labels.reduce((a, b) => a + b, 0) / labels.length;
	};
	return encoded === "in code"
		? judged(
				["id", "place", "y"],
				plain.map(({ id, place, y }) => [id, `p${place}`, y]),
				BY_PLACE,
			)
		: judged(
				["id", "place", "x_encoded", "y"],
				plain.map(({ id, place, y }) => [
					id,
					`p${place}`,
					digits(meanOf(place)),
					y,
				]),
				BY_PLACE,
			);
}

function rare(signal: number, drawn: "in code" | "in the table"): Repository {
	const random = randomOf(`rare ${signal}`);
	const plain = many(400, () => {
		const x = many(4, () => noise(random));
		const y = signal * (x[0] as number) + noise(random) > 1.2 ? 1 : 0;
		return [...x.map(digits), y];
	});
	const rows =
		drawn === "in code"
			? plain
			: plain.flatMap((row) => (row.at(-1) === 1 ? many(4, () => row) : [row]));
	return judged(
		["id", "x0", "x1", "x2", "x3", "y"],
		rows.map((row, i) => [`r${i}`, ...row]),
		drawn === "in code" ? OVERSAMPLING : NEAREST,
	);
}

function patients(signal: number, kind: "random" | "group"): Repository {
	const random = randomOf(`patients ${signal}`);
	const rows = many(60, (patient) => {
		const centre = many(5, () => 2 * noise(random));
		const y = Number(signal * (centre[0] as number) + noise(random) > 0);
		return many(8, (visit) => [
			`r${patient}-${visit}`,
			`patient${patient}`,
			...centre.map((c) => digits(c + 0.4 * noise(random))),
			y,
		]);
	}).flat();
	return judged(
		["id", "patient", "x0", "x1", "x2", "x3", "x4", "y"],
		rows,
		signal ? LINE : NEAREST,
		{
			split: {
				kind,
				group: kind === "group" ? "patient" : "none",
				held_out: 0.3,
			},
		},
	);
}

function walk(kind: "random" | "time"): Repository {
	const random = randomOf("walk");
	let at = 0;
	const rows = many(400, (t) => {
		at += noise(random);
		return [`r${t}`, t, t, digits(at)];
	});
	return judged(["id", "t", "x0", "y"], rows, NEAREST, {
		...BY_ERROR,
		...(kind === "time" ? IN_TIME : {}),
	});
}

/** The mean of three labels; `last` rows back is its newest. A swing that comes again can be predicted from it. */
function rolling(last: number, signal: number): Repository {
	const random = randomOf(`rolling ${signal}`);
	let before = 0;
	const y = many(400, () => {
		before = signal * before + noise(random);
		return before;
	});
	const window = (t: number) =>
		many(3, (i) => y[t - last - i] as number).reduce((a, b) => a + b, 0) / 3;
	const rows = many(390, (i) => i + 10).map((t) => [
		`r${t}`,
		t,
		digits(window(t)),
		digits(y[t] as number),
	]);
	return judged(["id", "t", "x0", "y"], rows, LINE, {
		...BY_ERROR,
		...IN_TIME,
	});
}

/** What is to come of each, in words its verdict's reason holds. */
export const LEAKS: Readonly<
	Record<
		string,
		readonly [Repository, "PASS" | "FAIL" | "INCONCLUSIVE", RegExp]
	>
> = {
	"columns selected before the split, of noise": [
		wide(0),
		"FAIL",
		/was agreed on/,
	],
	"columns selected where one of them matters": [wide(2), "PASS", /improves/],
	"target means of noise, in code": [
		places(0, "in code"),
		"FAIL",
		/was agreed on/,
	],
	"target means of noise, in the table": [
		places(0, "in the table"),
		"INCONCLUSIVE",
		/"x_encoded" is the mean label of all rows that share its value/,
	],
	"target means that matter, of training rows": [
		places(1, "in code"),
		"PASS",
		/improves/,
	],
	"oversampling noise in code": [rare(0, "in code"), "FAIL", /was agreed on/],
	"oversampling noise in the table": [
		rare(0, "in the table"),
		"INCONCLUSIVE",
		/equal a training row in all but the id; .* others/,
	],
	"oversampling where there is something to learn": [
		rare(2, "in code"),
		"PASS",
		/improves/,
	],
	"labels of patients, and patients on both sides": [
		patients(0, "random"),
		"INCONCLUSIVE",
		/while training knows other rows of their patient, 0\.[3-6]\d+ .* ask for a split by group with patient/,
	],
	"labels of patients, and patients on one side": [
		patients(0, "group"),
		"FAIL",
		/was agreed on/,
	],
	"labels that follow from what patients are": [
		patients(3, "group"),
		"PASS",
		/improves/,
	],
	"a random walk, shuffled": [
		walk("random"),
		"INCONCLUSIVE",
		/while training knows what came after them in t, -.* ask for a split by time with t/,
	],
	"a random walk, its latest part held out": [
		walk("time"),
		"FAIL",
		/was agreed on/,
	],
	"a window that holds its own row's label": [
		rolling(0, 0),
		"INCONCLUSIVE",
		/"x0" is made of the labels around its row, its own included/,
	],
	"a centred window": [
		rolling(-1, 0),
		"INCONCLUSIVE",
		/a window that was not shifted/,
	],
	"a window of rows before, of noise": [rolling(1, 0), "FAIL", /was agreed on/],
	"a window of rows before, of what swings": [
		rolling(1, 0.9),
		"PASS",
		/improves/,
	],
};
