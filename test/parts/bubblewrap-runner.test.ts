// The bubblewrap runner as its callers see it.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findInterpreter } from "../../src/workspace/runners/bubblewrap/interpreter.ts";
import { bubblewrapRunner } from "../../src/workspace/runners/bubblewrap.ts";
import type { JobResult } from "../../src/workspace/runners/runner.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";
import { hasBubblewrap, job, runCode, runner } from "../support/bubblewrap.ts";

const run = promisify(execFile);

const FILES = {
	"churn/__init__.py": "",
	"churn/settings.py": "calls = 0\n",
	"data/rows.csv": "1\n2\n3\n",
	"train.py": `
import json, os, sys
from churn import settings
settings.calls += 1
rows = open("data/rows.csv").read().split()
os.makedirs("model", exist_ok=True)
json.dump({"mean": len(rows), "calls": settings.calls, "args": sys.argv[1:]}, open("model/model.json", "w"))
os.environ["LEFT_BEHIND"] = "yes"
os.chdir("model")
print("trained on", len(rows), "rows", flush=True); print("a warning", file=sys.stderr)
`,
	"predict.py": `
import json, os, sys
from churn import settings
settings.calls += 1
print(json.dumps({
    "model": json.load(open("model/model.json")), "calls": settings.calls, "cwd": os.getcwd(),
    "path": sys.path[0], "argv": sys.argv, "left": os.environ.get("LEFT_BEHIND"),
    "input": sys.stdin.read(), "hash": hash("a"), "host": [k for k in os.environ if "HOST" in k],
}))
`,
	"chatty.py": "for n in range(5000): print('line', n)\n",
	"fail.py": "def deep():\n    raise ValueError('too few rows')\ndeep()\n",
};

describe.skipIf(!hasBubblewrap)("a job of several commands in a box", () => {
	let result: JobResult;
	beforeAll(async () => {
		process.env.HOST_SECRET = "nobody may see this";
		result = await runner.run(
			job({
				files: FILES,
				commands: [
					["train.py", "--seed", "7"],
					["predict.py", "--out", "x.csv"],
					["chatty.py"],
					["-m", "json.tool", "model/model.json", "copy.json"],
					["fail.py"],
					["predict.py"],
				],
				collect: ["model/model.json", "copy.json", "nothing.txt", "churn"],
				limits: { outputBytes: 1_000 },
			}),
		);
	});

	it("runs each in a fresh interpreter over one file system", () => {
		expect(result.commands[0]).toMatchObject({
			exit: 0,
			output: "trained on 3 rows\na warning\n",
		});
		expect(JSON.parse(result.commands[1]?.output ?? "")).toEqual({
			model: { mean: 3, calls: 1, args: ["--seed", "7"] },
			calls: 1,
			cwd: "/workspace",
			path: "/workspace",
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
	});

	it("ends at the first failure, with Python's own traceback", () => {
		expect(result.status).toBe("failed");
		expect(result.reason).toBe("`python fail.py` ended with status 1.");
		expect(result.commands).toHaveLength(5);
		expect(result.commands[4]?.output).toMatch(/ValueError: too few rows\n$/);
	});

	it("brings back the files that were asked for and exist", () => {
		expect([...result.files.keys()]).toEqual(["model/model.json", "copy.json"]);
		const copy = new TextDecoder().decode(result.files.get("copy.json"));
		expect(JSON.parse(copy)).toMatchObject({ mean: 3 });
	});
});

const LOOK = ["-c", "import os; print(os.path.exists('later/rows.csv'))"];
const LATER = {
	files: { "a.py": "", "later/rows.csv": "1" },
	later: { command: 1, paths: ["later/rows.csv"] },
	commands: [LOOK, LOOK],
};

it.each([...(hasBubblewrap ? [runner] : []), wasmRunner()])(
	"a file that is to come later is not there before ($name)",
	async (one) => {
		const { commands } = await one.run(job(LATER));
		expect(commands.map(({ output }) => output)).toEqual(["False\n", "True\n"]);
	},
	180_000,
);

describe.skipIf(!hasBubblewrap)("what programs expect of a machine", () => {
	it("is there: pools, managers, shared memory, loopback, a user, scratch folders", async () => {
		const { status, commands } = await runCode(`
import getpass, multiprocessing, os, socket, subprocess, sys, tempfile
from multiprocessing import shared_memory
def square(x): return x * x
context = multiprocessing.get_context("fork")
print(context.Pool(2).map(square, [1, 2, 3]))
with context.Manager() as manager: print(dict(manager.dict(a=1)))
block = shared_memory.SharedMemory(create=True, size=1024); print(block.size); block.close(); block.unlink()
server = socket.create_server(("127.0.0.1", 0)); socket.create_connection(server.getsockname()); print("loopback")
print(getpass.getuser(), tempfile.gettempdir(), os.path.expanduser("~"))
print(subprocess.run([sys.executable, "-c", "print('child')"], capture_output=True, text=True).stdout.strip())
open(os.path.expanduser("~/cache"), "w").write("x"); open("/dev/null", "w").write("x"); len(open("/dev/urandom", "rb").read(8))
`);
		expect(commands[0]?.output.trim().split("\n")).toEqual([
			"[1, 4, 9]",
			"{'a': 1}",
			"1024",
			"loopback",
			"box /tmp /home/box",
			"child",
		]);
		expect(status).toBe("ok");
	});

	it("hashes strings the same way every time", async () => {
		const [one, other] = await Promise.all([
			runCode("print(hash('a'))"),
			runCode("print(hash('a'))"),
		]);
		expect(one.commands[0]?.output).toBe(other.commands[0]?.output);
	});
});

describe.skipIf(!hasBubblewrap)(
	"an interpreter that the operator supplies",
	() => {
		const folder = mkdtempSync(join(tmpdir(), "modelwright-venv-"));
		afterAll(() => rmSync(folder, { recursive: true, force: true }));

		it("brings its packages into the box, and nobody can write them there", async () => {
			spawnSync("chmod", ["755", folder]);
			const made = ["-m", "venv", "--without-pip", `${folder}/own`];
			await run("/usr/bin/python3", made);
			const libraries = await run(`${folder}/own/bin/python3`, [
				"-c",
				"import sysconfig; print(sysconfig.get_path('purelib'))",
			]);
			const module = join(libraries.stdout.trim(), "bundled.py");
			await run("sh", ["-c", `echo 'name = "bundled"' > ${module}`]);
			const own = bubblewrapRunner({ python: `${folder}/own/bin/python3` });
			const code = `import bundled, sys\nprint(bundled.name, sys.prefix)\nopen(${JSON.stringify(module)}, "w")`;
			const { commands } = await own.run(job({ commands: [["-c", code]] }));
			expect(commands[0]?.output).toContain(`bundled ${folder}/own\n`);
			expect(commands[0]?.output).toContain("Read-only file system");
		});

		it.each([
			[
				"is not there",
				"/nowhere/python3",
				/cannot be started.*MODELWRIGHT_PYTHON/,
			],
			["is no Python", "/bin/true", /./],
		])("is refused in words when it %s", async (_, python, words) => {
			const test = await bubblewrapRunner({ python }).selfTest();
			expect(test).toEqual({ ok: false, reason: expect.stringMatching(words) });
		});

		it("is refused when its folder also holds the server's", async () => {
			await expect(
				findInterpreter(`${folder}/own/bin/python3`, [`${folder}/own/data`]),
			).rejects.toThrow(/also holds .*\/own\/data.*folder of its own/);
		});
	},
);
