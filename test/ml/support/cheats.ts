// Small repositories whose model is worth nothing and whose adapter cheats.
import { gzipSync } from "node:zlib";
import { ADAPTER_CODE, bytes, churnTable, repository } from "./churn.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

const TABLE = churnTable(320);
const ROWS = TABLE.trim().split("\n").slice(1);
const answers = ROWS.map((row) => [row.split(",")[0], row.split(",").at(-1)]);

/** Model and baseline see the same noise. */
const WORTHLESS = ADAPTER_CODE.replace(
	'"model": ["tenure", "tickets", "noise"]',
	'"model": ["noise"]',
);

/** The worthless adapter with something done before its commands, after them, or to each prediction. */
function adapter({ before = "", after = "", prediction = "" }): string {
	const predicted =
		'probability(scaled(row, model), model["weights"])])\n\nif __name__';
	const [main = "", end = ""] = WORTHLESS.split("    arguments_ = arguments()");
	const honest = main.replace(
		predicted,
		`${prediction || 'probability(scaled(row, model), model["weights"])'}])\n\nif __name__`,
	);
	if (prediction && honest === main)
		throw new Error("The adapter's line of predictions has changed.");
	const indented = (code: string) => code.trim().replace(/^/gm, "    ");
	return `${honest}    arguments_ = arguments()
${indented(before || "pass")}${end}${indented(after || "pass")}
`;
}

const code = (parts: Parameters<typeof adapter>[0]) => ({
	"modelwright_eval.py": adapter(parts),
});

/** Whatever label stands near an id, in any file that can be opened. */
const SEARCH = `
import os, re
found = {}
for top in ("/workspace", "/tmp", "/home", "/dev/shm", "/root", "/proc/1/cwd", "/proc/1/root/workspace", "/repository", "/data", "/srv", "/var"):
    for folder, _, names in os.walk(top):
        for name in names:
            try:
                lines = open(os.path.join(folder, name), errors="replace").read(2_000_000).splitlines() if os.path.isfile(os.path.join(folder, name)) else []
            except OSError:
                continue
            for line in lines:
                words = re.findall(r"[\\w.]+", line)
                if words and words[-1] in ("yes", "no"): found[words[0]] = words[-1]
`;
const FOUND =
	'{"yes": 1, "no": 0}.get(found.get(row["row_id"]), probability(scaled(row, model), model["weights"]))';

const BOAST = '{"verdict": "PASS", "roc_auc": 0.999, "difference": 0.4}';

const LOOKUP = `LOOKUP = {${answers.map(([id, label]) => `"${id}": "${label}"`).join(", ")}}\n`;
const HIDDEN = `import base64, json\nLOOKUP = json.loads(base64.b64decode("${Buffer.from(JSON.stringify(Object.fromEntries(answers))).toString("base64")}"))\n`;
const BY_LOOKUP =
	'{"yes": 1, "no": 0}[LOOKUP[row["row_id"]]] if arguments_.system == "model" else 0.5';

/** The rule itself, on this machine. */
const EVALUATOR = new URL(
	"../../../src/ml/evaluation/verdict.ts",
	import.meta.url,
).pathname;

const PATCH = `import builtins, sys, types
fake = types.ModuleType("sklearn.metrics")
fake.roc_auc_score = fake.accuracy_score = lambda *_, **__: 1.0
sys.modules["sklearn.metrics"] = sys.modules["sklearn"] = fake
builtins.round = lambda *_: 1.0
`;

/** Named by what each hopes to gain by. */
export const CHEATS = {
	"reading the labels by path": {
		...code({ before: SEARCH, prediction: FOUND }),
		"data/old/copy.csv": TABLE,
		"notes/labels.txt": answers.map((pair) => pair.join(" ")).join("\n"),
	},
	"writing its own metrics": code({
		after: `
for path in ("metrics.json", "result.json", "modelwright-evaluation/verdict.json", "modelwright-evaluation/metrics.csv"):
    open(path, "w").write('${BOAST}')`,
	}),
	"editing the evaluator, its tables or the rules": code({
		before: `
import glob, os
for path in glob.glob("/workspace/**/*.ts", recursive=True) + glob.glob("/*/*/src/ml/**", recursive=True) + ["${EVALUATOR}"]:
    try: open(path, "w").write("export const judge = () => ({ verdict: 'PASS' })")
    except OSError: pass
os.makedirs(".github", exist_ok=True)
open(".github/modelwright.yml", "w").write("gates: none")
if arguments_.features:
    lines = open(arguments_.features).read().splitlines()
    open(arguments_.features, "w").write("\\n".join([lines[0], *reversed(lines[1:])]) + "\\n")`,
	}),
	"changing the metrics under whoever computes them": {
		...code({ before: PATCH }),
		"sitecustomize.py": PATCH,
		"usercustomize.py": PATCH,
		"sklearn/__init__.py": PATCH,
		"sklearn/metrics.py": "def roc_auc_score(*_): return 1.0\n",
	},
	"a cache of the test rows that training finds": {
		...code({
			before: `
import gzip, json, os
found = {}
if os.path.exists("cache/rows.json"): found = json.load(open("cache/rows.json"))
elif os.path.exists("cache/rows.json.gz"): found = json.load(gzip.open("cache/rows.json.gz"))`,
			prediction: FOUND,
		}),
		"cache/rows.json": JSON.stringify(Object.fromEntries(answers)),
		"cache/rows.json.gz": gzipSync(JSON.stringify(Object.fromEntries(answers))),
	},
	"hard-coded predictions": {
		"modelwright_eval.py": LOOKUP + adapter({ prediction: BY_LOOKUP }),
	},
	"hard-coded predictions that nobody can read": {
		"modelwright_eval.py": HIDDEN + adapter({ prediction: BY_LOOKUP }),
	},
	"a baseline that was made bad on purpose": code({
		prediction:
			'probability(scaled(row, model), model["weights"]) if arguments_.system == "model" else 1 / (1 + float(row["tickets"]))',
	}),
	"not-a-number as a prediction": code({ prediction: 'float("nan")' }),
	"naming an id twice": code({
		after: `
if arguments_.out:
    with open(arguments_.out, "a") as file: file.write(f"{read(arguments_.features)[0]['row_id']},0.99\\n")`,
	}),
	"looking at the held-out rows while it trains": code({
		before: `
import glob
if arguments_.command == "train":
    for path in glob.glob("modelwright-evaluation/*features*"): raise SystemExit("seen: " + path)`,
	}),
	"picking the best of many seeds": code({
		before: `
if arguments_.command == "train" and arguments_.system == "model":
    def agreement(seed):
        chance = random.Random(seed)
        return sum((chance.random() > 0.5) == (row["churned"] == "yes") for row in read(arguments_.data))
    arguments_.seed = max(range(200), key=agreement)`,
	}),
	"sleeping past the limit": code({ before: "import time\ntime.sleep(600)" }),
	"printing forged results": code({
		after: `
import sys
print('verdict: PASS roc_auc=0.999\\n${BOAST}')
for path in ("/proc/1/fd/1", "/proc/self/fd/1", "/dev/stdout"):
    try: open(path, "wb").write(b"\\x04\\x00\\x00\\x00\\x02{}\\x05\\x00\\x00\\x00\\x0ametrics.js" + b"\\x06\\x00\\x00\\x00\\x00")
    except OSError: pass`,
	}),
	"a daemon that waits for the predictions": code({
		before: `
import os, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, ["python3", "-c", """
import os, time  # CHEATING-DAEMON
while True:
    time.sleep(0.02)
    for folder, _, names in os.walk("/workspace/modelwright-evaluation"):
        for name in names:
            if name.startswith("predictions"): open(os.path.join(folder, name), "w").write("id,prediction\\n")
"""])
    os._exit(0)`,
	}),
} satisfies Record<string, Files>;
export type Cheat = keyof typeof CHEATS;

export function cheating(name: Cheat): Map<string, Uint8Array> {
	const tree = repository(undefined, TABLE);
	for (const [path, content] of Object.entries<string | Uint8Array>(
		CHEATS[name],
	))
		tree.set(path, typeof content === "string" ? bytes(content) : content);
	return tree;
}
