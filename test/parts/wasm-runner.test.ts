import { beforeAll, describe, expect, it } from "vitest";
import {
	DEFAULT_LIMITS,
	type Job,
	type JobResult,
} from "../../src/workspace/runners/runner.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";

const TRAIN = `
import json, os, random, sys
from churn import settings
settings.calls += 1
rows = open("data/rows.csv").read().split()
os.makedirs("model", exist_ok=True)
json.dump({"mean": len(rows), "calls": settings.calls, "args": sys.argv[1:]}, open("model/model.json", "w"))
os.environ["LEFT_BEHIND"] = "yes"
os.chdir("model")
sys.path.insert(0, "/elsewhere")
print("trained on", len(rows), "rows"); print("a warning", file=sys.stderr)
print("next")
`;
const PREDICT = `
import json, os, sys
from churn import settings
settings.calls += 1
print(json.dumps({
    "model": json.load(open("model/model.json")), "calls": settings.calls,
    "cwd": os.getcwd(), "path": sys.path[0], "argv": sys.argv,
    "left": os.environ.get("LEFT_BEHIND"), "input": sys.stdin.read() + open("/dev/stdin").read(), "hash": hash("a"),
    "host": sorted(k for k in os.environ if "HOST" in k or "PROBE" in k),
}))
`;

const FILES: Record<string, string> = {
	"churn/__init__.py": "",
	"churn/settings.py": "calls = 0\n",
	"data/rows.csv": "1\n2\n3\n",
	"tools/train.py": TRAIN.replace(
		"import json",
		"import sys; sys.path.insert(0, '.')\nimport json",
	),
	"predict.py": PREDICT,
	"chatty.py": "for n in range(5000): print('line', n)\n",
	"wait.py":
		"import asyncio\nasync def main():\n    return await asyncio.gather(asyncio.sleep(0.01, 1), asyncio.sleep(0.02, 2))\nprint(asyncio.run(main()))\n",
	"fail.py": "def deep():\n    raise ValueError('too few rows')\ndeep()\n",
};

const job = (
	commands: Job["commands"],
	limits: Partial<Job["limits"]> = {},
	collect: string[] = [],
): Job => ({
	files: new Map(
		Object.entries(FILES).map(([path, text]) => [
			path,
			new TextEncoder().encode(text),
		]),
	),
	commands,
	collect,
	limits: { ...DEFAULT_LIMITS, seconds: 30, outputBytes: 1_000, ...limits },
});

const runner = wasmRunner();

describe("a job of several commands", () => {
	let result: JobResult;
	beforeAll(async () => {
		process.env.HOST_SECRET = "nobody may see this";
		const commands = [
			["tools/train.py", "--seed", "7"],
			["predict.py", "--out", "x.csv"],
			["chatty.py"],
			["-m", "json.tool", "model/model.json", "copy.json"],
			["wait.py"],
			["fail.py"],
			["predict.py"],
		];
		const wanted = ["model/model.json", "copy.json", "nothing.txt", "churn"];
		result = await runner.run(job(commands, {}, wanted));
	}, 270_000);

	it("runs each like a fresh interpreter over one file system", () => {
		expect(result.commands[0]).toMatchObject({
			exit: 0,
			output: "trained on 3 rows\na warning\nnext\n",
		});
		expect(JSON.parse(result.commands[1]?.output ?? "")).toEqual({
			model: { mean: 3, calls: 1, args: ["--seed", "7"] },
			calls: 1,
			cwd: "/repository",
			path: "/repository",
			argv: ["predict.py", "--out", "x.csv"],
			left: null,
			input: "",
			hash: expect.any(Number),
			host: [],
		});
	});

	it("keeps the end of long output", () => {
		const output = result.commands[2]?.output ?? "";
		expect(output).toMatch(/^\[\d+ bytes dropped here\]\n/);
		expect(output.endsWith("line 4998\nline 4999\n")).toBe(true);
		expect(output.length).toBeLessThan(1_100);
	});

	it("ends at the first failure, with Python's own traceback", () => {
		expect(result.status).toBe("failed");
		expect(result.reason).toBe("`python fail.py` ended with status 1.");
		expect(result.commands).toHaveLength(6);
		expect(result.commands[5]?.output).toBe(
			[
				"Traceback (most recent call last):",
				'  File "fail.py", line 3, in <module>',
				"    deep()",
				"    ~~~~^^",
				'  File "fail.py", line 2, in deep',
				"    raise ValueError('too few rows')",
				"ValueError: too few rows\n",
			].join("\n"),
		);
	});

	it("brings back the files that were asked for and exist", () => {
		expect([...result.files.keys()]).toEqual(["model/model.json", "copy.json"]);
		const copy = new TextDecoder().decode(result.files.get("copy.json"));
		expect(JSON.parse(copy)).toMatchObject({ mean: 3 });
	});

	it("knows asyncio, as far as only time is waited for", () => {
		expect(result.commands[4]?.output).toBe("[1, 2]\n");
	});

	it("hashes strings the same way every time", () => {
		expect(JSON.parse(result.commands[1]?.output ?? "").hash).toBe(-468864544);
	});
});

describe("a job is stopped", { concurrent: true, timeout: 270_000 }, () => {
	it("when its time is over, and its last words are kept", async () => {
		const endless = "print('begun', flush=True)\nwhile True: pass";
		const result = await runner.run(job([["-c", endless]], { seconds: 5 }));
		expect(result).toMatchObject({
			status: "timed out",
			reason: expect.stringContaining("5 seconds"),
			commands: [{ exit: -1, output: "begun\n" }],
		});
	});

	it("when it takes too much memory", async () => {
		const greedy = "x = []\nwhile True: x.append(bytearray(10_000_000))";
		const limits = { memoryMb: 400, seconds: 20 };
		const result = await runner.run(job([["-c", greedy]], limits));
		expect(result.status).toBe("out of memory");
		expect(result.reason).toContain("400 MB");
	});

	it("when it floods its output", async () => {
		const flood = "line = 'x' * 1_000_000\nwhile True: print(line)";
		const result = await runner.run(job([["-c", flood]]));
		expect(result.status).toBe("failed");
		expect(result.reason).toContain("more than 32 MB of output");
	});

	it("when the caller gives up", async () => {
		const result = await runner.run(
			job([["-c", "while True: pass"]]),
			AbortSignal.timeout(300),
		);
		expect(result).toMatchObject({
			status: "failed",
			reason: "The job was cancelled.",
		});
	});
});

describe("a job that cannot be run as asked", () => {
	it("says that the interpreter was ended under it", async () => {
		const commands = [["-c", "import os; os._exit(0)"], ["predict.py"]];
		const result = await runner.run(job(commands));
		expect(result.status).toBe("failed");
		expect(result.reason).toContain("os._exit");
	}, 270_000);

	it("is unavailable where the child cannot start", async () => {
		const child = new URL("file:///nowhere/child.mts");
		const result = await wasmRunner({ child }).run(job([["predict.py"]]));
		expect(result.status).toBe("unavailable");
		expect(result.reason).toContain("self-test did not run");
		expect(result.commands).toEqual([]);
	});
});
