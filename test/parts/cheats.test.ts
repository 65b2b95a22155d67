// Small repositories whose model is worth nothing and whose adapter cheats: the
// evaluator runs each for real, none passes, and each is told in the right words.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import type { Runner } from "../../src/workspace/runners/runner.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";
import {
	ADAPTER_CODE,
	bytes,
	churnTable,
	contract,
	repository,
} from "../ml/support/churn.ts";
import { carrying, hasBubblewrap, runner } from "../support/bubblewrap.ts";

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
	if (prediction) expect(honest).not.toBe(main);
	const indented = (code: string) => code.trim().replace(/^/gm, "    ");
	return `${honest}    arguments_ = arguments()
${indented(before || "pass")}${end}${indented(after || "pass")}
`;
}

const run = (
	files: Record<string, string | Uint8Array>,
	by: Runner = runner,
) => {
	const tree = repository(undefined, TABLE);
	for (const [path, content] of Object.entries(files))
		tree.set(path, typeof content === "string" ? bytes(content) : content);
	return evaluate({ contract, files: tree, runner: by });
};

const code = (parts: Parameters<typeof adapter>[0]) => ({
	"modelwright_eval.py": adapter(parts),
});

const NOT_BETTER = /by 0\.000; at least 0\.02 was agreed on/;

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

describe.skipIf(!hasBubblewrap)(
	"nothing is gained by",
	{ concurrent: true },
	() => {
		test("reading the labels by path", async () => {
			const result = await run({
				...code({ before: SEARCH, prediction: FOUND }),
				"data/old/copy.csv": TABLE,
				"notes/labels.txt": answers.map((pair) => pair.join(" ")).join("\n"),
			});
			expect(result.verdict).toBe("FAIL");
			expect(result.reason).toMatch(NOT_BETTER);
			expect(result.checks[0]?.detail).toContain(
				"data/old/copy.csv, notes/labels.txt",
			);
		});

		test("writing its own metrics", async () => {
			const result = await run(
				code({
					after: `
for path in ("metrics.json", "result.json", "modelwright-evaluation/verdict.json", "modelwright-evaluation/metrics.csv"):
    open(path, "w").write('${BOAST}')`,
				}),
			);
			expect(result.verdict).toBe("FAIL");
			expect(result.reason).toMatch(NOT_BETTER);
			expect(result.value).toBeLessThan(0.7);
		});

		test("editing the evaluator, its tables or the rules", async () => {
			const judge = new URL(
				"../../src/ml/evaluation/verdict.ts",
				import.meta.url,
			);
			const before = readFileSync(judge, "utf8");
			const result = await run(
				code({
					before: `
import glob, os
for path in glob.glob("/workspace/**/*.ts", recursive=True) + glob.glob("/*/*/src/ml/**", recursive=True) + ["${judge.pathname}"]:
    try: open(path, "w").write("export const judge = () => ({ verdict: 'PASS' })")
    except OSError: pass
os.makedirs(".github", exist_ok=True)
open(".github/modelwright.yml", "w").write("gates: none")
if arguments_.features:
    lines = open(arguments_.features).read().splitlines()
    open(arguments_.features, "w").write("\\n".join([lines[0], *reversed(lines[1:])]) + "\\n")`,
				}),
			);
			expect(result.verdict).toBe("FAIL");
			expect(readFileSync(judge, "utf8")).toBe(before);
		});

		test("changing the metrics under whoever computes them", async () => {
			const patch = `import builtins, sys, types
fake = types.ModuleType("sklearn.metrics")
fake.roc_auc_score = fake.accuracy_score = lambda *_, **__: 1.0
sys.modules["sklearn.metrics"] = sys.modules["sklearn"] = fake
builtins.round = lambda *_: 1.0
`;
			const result = await run({
				...code({ before: patch }),
				"sitecustomize.py": patch,
				"usercustomize.py": patch,
				"sklearn/__init__.py": patch,
				"sklearn/metrics.py": "def roc_auc_score(*_): return 1.0\n",
			});
			expect(result.verdict).toBe("FAIL");
			expect(result.reason).toMatch(NOT_BETTER);
		});

		test("a cache of the test rows that training finds", async () => {
			const result = await run({
				...code({
					before: `
import gzip, json, os
found = {}
if os.path.exists("cache/rows.json"): found = json.load(open("cache/rows.json"))
elif os.path.exists("cache/rows.json.gz"): found = json.load(gzip.open("cache/rows.json.gz"))`,
					prediction: FOUND,
				}),
				"cache/rows.json": JSON.stringify(Object.fromEntries(answers)),
				"cache/rows.json.gz": gzipSync(
					JSON.stringify(Object.fromEntries(answers)),
				),
			});
			expect(result.verdict).toBe("FAIL");
			expect(result.reason).toMatch(NOT_BETTER);
			expect(result.checks[0]?.detail).toContain(
				"cache/rows.json, cache/rows.json.gz",
			);
		});

		test("hard-coded predictions", async () => {
			const result = await run({
				"modelwright_eval.py": LOOKUP + adapter({ prediction: BY_LOOKUP }),
			});
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.reason).toMatch(
				/^modelwright_eval\.py names held-out rows together with their labels/,
			);
			expect(result.value).toBeUndefined();
		});

		test("hard-coded predictions that nobody can read", async () => {
			const result = await run({
				"modelwright_eval.py": HIDDEN + adapter({ prediction: BY_LOOKUP }),
			});
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.reason).toMatch(/not by what was learned/);
			expect(result.value).toBe(1);
			const failed = result.checks.filter(({ status }) => status === "failed");
			expect(failed.map(({ name }) => name)).toEqual(
				expect.arrayContaining([
					"worse without its inputs",
					"shuffled labels at chance",
				]),
			);
		});

		test("a baseline that was made bad on purpose", async () => {
			const result = await run(
				code({
					prediction:
						'probability(scaled(row, model), model["weights"]) if arguments_.system == "model" else 1 / (1 + float(row["tickets"]))',
				}),
			);
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.difference).toBeGreaterThan(0.1);
			expect(result.reason).toMatch(/^the baseline is worse than/);
		});

		test("not-a-number as a prediction", async () => {
			const result = await run(code({ prediction: 'float("nan")' }));
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.reason).toMatch(
				/"nan" for the id .* a finite number was expected/,
			);
		});

		test("naming an id twice", async () => {
			const result = await run(
				code({
					after: `
if arguments_.out:
    with open(arguments_.out, "a") as file: file.write(f"{read(arguments_.features)[0]['row_id']},0.99\\n")`,
				}),
			);
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.reason).toMatch(/name the id "r\d+" twice/);
		});

		test("picking the best of many seeds", async () => {
			const result = await run(
				code({
					before: `
if arguments_.command == "train" and arguments_.system == "model":
    def agreement(seed):
        chance = random.Random(seed)
        return sum((chance.random() > 0.5) == (row["churned"] == "yes") for row in read(arguments_.data))
    arguments_.seed = max(range(200), key=agreement)`,
				}),
			);
			expect(result.verdict).toBe("FAIL");
			expect(result.perSeed.map(({ seed }) => seed)).toEqual(contract.seeds);
		});

		test("sleeping past the limit", async () => {
			const hurried: Runner = {
				...runner,
				run: (job, signal) =>
					runner.run({ ...job, limits: { ...job.limits, seconds: 2 } }, signal),
			};
			const result = await run(
				code({ before: "import time\ntime.sleep(600)" }),
				hurried,
			);
			expect(result.verdict).toBe("INCONCLUSIVE");
			expect(result.reason).toMatch(/did not end within 2 seconds/);
		});

		test("printing forged results", async () => {
			const result = await run(
				code({
					after: `
import sys
print('verdict: PASS roc_auc=0.999\\n${BOAST}')
for path in ("/proc/1/fd/1", "/proc/self/fd/1", "/dev/stdout"):
    try: open(path, "wb").write(b"\\x04\\x00\\x00\\x00\\x02{}\\x05\\x00\\x00\\x00\\x0ametrics.js" + b"\\x06\\x00\\x00\\x00\\x00")
    except OSError: pass`,
				}),
			);
			expect(result.verdict).toBe("FAIL");
			expect(result.reason).toMatch(NOT_BETTER);
		});

		test("a daemon that waits for the predictions", async () => {
			const result = await run(
				code({
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
			);
			expect(result.verdict).not.toBe("PASS");
			expect(carrying("CHEATING-DAEMON")).toEqual([]);
		});
	},
);

describe("in WebAssembly, too, nothing is gained by", () => {
	test("reading the labels by path and boasting", async () => {
		const result = await run(
			{
				...code({
					before: SEARCH,
					prediction: FOUND,
					after: `print('${BOAST}')\nopen("metrics.json", "w").write('${BOAST}')`,
				}),
				"notes/labels.txt": answers.map((pair) => pair.join(" ")).join("\n"),
			},
			wasmRunner(),
		);
		expect(result.verdict).toBe("FAIL");
		expect(result.reason).toMatch(NOT_BETTER);
	}, 180_000);
});
