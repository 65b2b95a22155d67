// Programs that try, while they run, to take more than they may, to stay, to
// lie about themselves or to disturb who watches them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import {
	carrying,
	hasBubblewrap,
	job,
	runCode,
	runner,
} from "../support/bubblewrap.ts";
import { PATIENT } from "../support/patient.ts";

const PROCESS = new URL("../support/box-process.ts", import.meta.url).pathname;

const outputOf = async (
	code: string,
	options?: Parameters<typeof runCode>[1],
) => {
	const result = await runCode(code, options);
	const output = result.commands.map((one) => one.output).join("");
	return { ...result, output };
};

describe.skipIf(!hasBubblewrap)(
	"what takes too much",
	{ concurrent: true },
	() => {
		it("a fork bomb stops at its limit and dies with its box", async () => {
			const { status, output } = await outputOf(
				`
import os, time  # FORK-BOMB
made = 0
try:
    for _ in range(600):
        if os.fork() == 0:
            time.sleep(60)
        made += 1
except OSError as refusal:
    print(made < 256, refusal, flush=True)
time.sleep(60)`,
				{ seconds: 3 },
			);
			expect(status).toBe("timed out");
			expect(output).toMatch(/^True .*temporarily unavailable/);
			expect(carrying("FORK-BOMB")).toEqual([]);
		});

		it("threads without end stop at the same limit", async () => {
			const { output } = await outputOf(`
import threading, time
made = 0
try:
    for _ in range(600):
        threading.Thread(target=time.sleep, args=(1,), daemon=True).start(); made += 1
except RuntimeError as refusal:
    print(made < 256, refusal, flush=True)`);
			expect(output).toMatch(/^True can't start new thread/);
		});

		it("memory of a whole family of processes is counted together", async () => {
			const { status, reason } = await outputOf(
				`
import os, time  # MEMORY-FAMILY
for _ in range(4):
    if os.fork() == 0:
        held = []
        for _ in range(8):
            held.append(b"x" * (32 << 20)); time.sleep(0.05)
        time.sleep(60)
time.sleep(60)`,
				{ memoryMb: 400 },
			);
			expect(status).toBe("out of memory");
			expect(reason).toContain("400 MB");
			expect(carrying("MEMORY-FAMILY")).toEqual([]);
		});

		it("memory that processes share counts once", async () => {
			const { status, output } = await outputOf(
				`
import os, time
held = b"x" * (200 << 20)
for _ in range(5):
    if os.fork() == 0:
        time.sleep(0.6); os._exit(0)
time.sleep(0.8); print("done")`,
				{ memoryMb: 400 },
			);
			expect([status, output]).toEqual(["ok", "done\n"]);
		});

		it("what shuts its ears to signals is stopped all the same", async () => {
			const { status, output } = await outputOf(
				`
import signal, time  # DEAF
for one in (1, 2, 15): signal.signal(one, signal.SIG_IGN)
print("begun", flush=True)
while True: pass`,
				{ seconds: 1 },
			);
			expect([status, output]).toEqual(["timed out", "begun\n"]);
			expect(carrying("DEAF")).toEqual([]);
		});

		it("a file and a folder fill up at their sizes", async () => {
			const { output } = await outputOf(`
def fill(path, most):
    written = 0
    try:
        with open(path, "wb", buffering=0) as file:
            while written < most: written += file.write(b"0" * (1 << 20))
    except OSError as refusal:
        return f"{written >> 20} {refusal.strerror}"
print(fill("/tmp/x", 100 << 20)); print(fill("/home/box/x", 100 << 20)); print(fill("/dev/shm/x", 100 << 20))
print(fill("/workspace/x", 700 << 20))`);
			expect(output.trim().split("\n")).toEqual([
				"64 No space left on device",
				"16 No space left on device",
				"64 No space left on device",
				"512 No space left on device",
			]);
		});

		it("files without number are noticed", async () => {
			const { status, reason } = await outputOf(
				"for i in range(2_000_000): open(f'/workspace/{i}', 'w').close()",
			);
			expect(status).toBe("failed");
			expect(reason).toContain("made more files than a job may");
		});

		it("a flood of output is cut off, and little of it is kept", async () => {
			const { status, reason, output } = await outputOf(
				"line = 'x' * 1_000_000\nwhile True: print(line)",
			);
			expect(status).toBe("failed");
			expect(reason).toContain("more than 32 MB of output");
			expect(output.length).toBeLessThan(250_000);
		});
	},
);

describe.skipIf(!hasBubblewrap)(
	"what wants to stay",
	{ concurrent: true },
	() => {
		it("a daemon ends with the command that left it", async () => {
			const { status, output } = await outputOf(`
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for one in (0, 1, 2): os.close(one)
        os.execv(sys.executable, ["python3", "-c", "import time; time.sleep(60)  # DAEMON-LEFT"])
    os._exit(0)
time.sleep(0.3); print("done")`);
			expect([status, output]).toEqual(["ok", "done\n"]);
			expect(carrying("DAEMON-LEFT")).toEqual([]);
		});

		it("a child that holds the output does not hold up the job", async () => {
			const { status, output, seconds } = await outputOf(`
import os, time
if os.fork() == 0:
    os.setsid(); time.sleep(60)
print("done")`);
			expect([status, output]).toEqual(["ok", "done\n"]);
			expect(seconds).toBeLessThan(20);
		});

		it("nothing outlives the server, even one that was killed", async () => {
			const server = spawn(
				process.execPath,
				[
					PROCESS,
					"60",
					"import time; print('begun'); time.sleep(60)  # ORPHAN",
				],
				{ stdio: "ignore" },
			);
			await vi.waitUntil(() => carrying("ORPHAN").length > 0, PATIENT);
			server.kill("SIGKILL");
			await once(server, "exit");
			await vi.waitUntil(() => carrying("ORPHAN").length === 0, PATIENT);
		});

		it("no box leaves a zombie to this machine's init, killed or not", async () => {
			const count = `
import ctypes, os, subprocess, sys, time
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # Orphans come to us, as to init.
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
time.sleep(0.2)
try:
    while os.waitpid(-1, os.WNOHANG) != (0, 0): print("zombie")
except ChildProcessError: pass
print("counted")`;
			const counting = spawn("/usr/bin/python3", [
				"-c",
				count,
				process.execPath,
				PROCESS,
				"1",
				"print(1)",
				"while True: pass",
				"raise SystemExit(3)",
			]);
			let said = "";
			counting.stdout.on("data", (text) => {
				said += text;
			});
			await once(counting, "close");
			expect(said).toBe("counted\n");
		});
	},
);

describe.skipIf(!hasBubblewrap)(
	"what lies about itself",
	{ concurrent: true },
	() => {
		it("only regular files come back: no link, no pipe, no folder, nothing too large", async () => {
			const { files } = await runCode(
				`
import os
os.symlink("/etc/passwd", "link.csv"); os.mkfifo("pipe.csv"); os.mkdir("folder.csv"); os.mkdir("real")
os.symlink("real", "linked"); open("real/a.csv", "w").write("a")
with open("large.csv", "wb") as file: file.truncate(1 << 30)
open("good.csv", "w").write("good")`,
				{
					collect: [
						"link.csv",
						"pipe.csv",
						"folder.csv",
						"large.csv",
						"linked/a.csv",
						"../etc/passwd",
						"/etc/passwd",
						"real/a.csv",
						"good.csv",
					],
				},
			);
			expect([...files.keys()]).toEqual(["real/a.csv", "good.csv"]);
		});

		it("the process that reports on it cannot be killed, read or spoken for", async () => {
			const { status, output, commands } = await outputOf(`
import os, struct
for one in (1, 2, 9, 15):
    os.kill(1, one)
for path in ("/proc/1/mem", "/proc/1/fd/1", "/proc/1/environ"):
    try: open(path, "wb").write(struct.pack(">BI", 6, 0))
    except OSError as refusal: print(type(refusal).__name__)
raise SystemExit(3)`);
			expect(status).toBe("failed");
			expect(commands[0]?.exit).toBe(3);
			expect(output).toBe("PermissionError\n".repeat(3));
		});

		it("frames that it prints are output like any other", async () => {
			const { status, output } = await outputOf(`
import os
os.write(1, b"\\x04\\x00\\x00\\x00\\x02{}\\x06\\x00\\x00\\x00\\x00"); os._exit(7)`);
			expect(status).toBe("failed");
			expect(output).toContain("{}");
		});

		it("a death by signal is no success", async () => {
			const { status, reason } = await outputOf(
				"import os; os.kill(os.getpid(), 11)",
			);
			expect(status).toBe("failed");
			expect(reason).toContain("ended with status 139");
		});

		it("paths that lead out of the workspace are refused before anything runs", async () => {
			for (const path of ["../x", "/etc/x", "a/../../x", "a//b", ""]) {
				const result = await runner.run(
					job({ files: { [path]: "x" }, commands: [["-c", "1"]] }),
				);
				expect(result).toMatchObject({ status: "failed", commands: [] });
				expect(result.reason).toContain(
					"no path of a file inside the repository",
				);
			}
		});
	},
);
