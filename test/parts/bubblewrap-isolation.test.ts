// The static battery: every probe is refused in the box, and each protection
// that is taken away is noticed, so that nothing runs without it.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { measureSandbox } from "../../bench/sandbox.ts";
import { boxArguments } from "../../src/workspace/runners/bubblewrap/box-arguments.ts";
import { probeBox } from "../../src/workspace/runners/bubblewrap/self-test.ts";
import { bubblewrapRunner } from "../../src/workspace/runners/bubblewrap.ts";
import type { JobResult } from "../../src/workspace/runners/runner.ts";
import { carrying, hasBubblewrap, job, runner } from "../support/bubblewrap.ts";
import { PATIENT } from "../support/patient.ts";

/** Where the probes lay their bait: no folder that the box has one of its own for. */
const SCRATCH = "/var/tmp";
process.env.TMPDIR = SCRATCH;

const run = promisify(execFile);
const PROCESS = new URL("../support/box-process.ts", import.meta.url).pathname;

/** The box without some of its arguments, or with others. */
const weakened = (change: (all: string[]) => string[]) =>
	bubblewrapRunner({ boxOf: (box) => change(boxArguments(box)) });

const without = (name: string, values: number) => (all: string[]) => {
	const at = all.indexOf(name);
	expect(at, name).toBeGreaterThanOrEqual(0);
	return all.toSpliced(at, 1 + values);
};

const withMore =
	(...more: string[]) =>
	(all: string[]) =>
		all.toSpliced(all.indexOf("--remount-ro"), 0, ...more);

describe.skipIf(!hasBubblewrap)("the static battery", () => {
	it("is refused in the box, probe by probe", async () => {
		const results: JobResult[] = [];
		const test = await probeBox(async (one) => {
			const result = await runner.run(one);
			results.push(result);
			return result;
		});
		expect(test).toMatchObject({ ok: true });
		const told = results.flatMap(({ files }) => [...files.values()])[0];
		const { probes } = JSON.parse(new TextDecoder().decode(told));
		const reached = Object.keys(probes).filter((name) => probes[name].reached);
		expect(reached).toEqual([]);
		expect(Object.keys(probes).length).toBeGreaterThanOrEqual(36);
	});

	it.each([
		[
			"a network of its own",
			without("--unshare-net", 0),
			/a connection to this machine/,
		],
		[
			"the filter of system calls",
			without("--seccomp", 1),
			/have privileges.*call by another architecture.*the call/,
		],
		[
			"a clean environment",
			withMore("--setenv", "TOKEN", "x"),
			/the variable TOKEN/,
		],
		[
			"a closed root",
			(all: string[]) => all.toSpliced(all.lastIndexOf("--remount-ro"), 2),
			/write to the root.*write settings/,
		],
		[
			"a closed folder of devices",
			without("--remount-ro", 1),
			/write among the devices/,
		],
		[
			"a root of its own",
			withMore("--ro-bind", SCRATCH, SCRATCH),
			/read file of the host.*list folder of the host/,
		],
		[
			"a closed host",
			withMore("--bind", SCRATCH, SCRATCH),
			/write to the host/,
		],
		[
			"shared memory of its own",
			withMore("--ro-bind", "/dev/shm", "/dev/shm"),
			/see shared memory of the host/,
		],
		[
			"a first process that keeps to itself",
			(all: string[]) =>
				all.with(-1, all.at(-1)?.replace(".prctl(", ".abs(0, ") ?? ""),
			/read the first process.*write its memory/,
		],
	])(
		"notices that %s is missing, and then nothing runs",
		async (_, change, words) => {
			const result = await weakened(change).run(
				job({ commands: [["-c", "print(1)"]] }),
			);
			expect(result.status).toBe("unavailable");
			expect(result.commands).toEqual([]);
			expect(result.reason).toMatch(words);
		},
	);
});

describe.skipIf(!hasBubblewrap)("a box of somebody else", () => {
	const rows = (stdout: string) =>
		stdout
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line));

	it.skipIf(process.getuid?.() !== 0)(
		"holds as well for an ordinary user",
		async () => {
			const { stdout } = await run(
				process.execPath,
				[PROCESS, "2", "import os; print(os.getuid())", "while True: pass"],
				{ uid: 65_533, gid: 65_533, cwd: "/", env: { PATH: process.env.PATH } },
			);
			expect(rows(stdout)).toMatchObject([
				{ status: "ok", output: "65533\n" },
				{ status: "timed out" },
			]);
		},
	);

	it.skipIf(process.getuid?.() !== 0)(
		"is never root's, in it or outside of it",
		async () => {
			const code =
				"import os, time; print(os.getuid(), os.getgid(), os.getgroups(), flush=True); time.sleep(60)  # WHO-AM-I";
			const stop = new AbortController();
			const running = runner.run(
				job({ commands: [["-c", code]] }),
				stop.signal,
			);
			await vi.waitUntil(() => carrying("WHO-AM-I").length > 0, PATIENT);
			const [one] = carrying("WHO-AM-I");
			const status = readFileSync(`/proc/${one}/status`, "utf8");
			await new Promise((resolve) => setTimeout(resolve, 300));
			stop.abort();
			const { commands } = await running;
			const [, user] = /^Uid:\t(\d+)/m.exec(status) ?? [];
			expect(Number(user)).toBeGreaterThan(60_000);
			expect(status).toContain(`Gid:\t${user}\t${user}\t${user}\t${user}\n`);
			expect(commands[0]?.output).toBe(`${user} ${user} []\n`);
		},
	);

	it("sees no descriptor that its server inherited from whoever started it", async () => {
		const script = `exec 40</etc/hostname; exec "$0" "$@"`;
		const code =
			"import os; print([one for one in os.listdir('/proc/self/fd')])";
		const { stdout } = await run("bash", [
			"-c",
			script,
			process.execPath,
			PROCESS,
			"5",
			code,
		]);
		const [{ output }] = rows(stdout);
		expect(JSON.parse(output.replaceAll("'", '"'))).toEqual([
			"0",
			"1",
			"2",
			"3",
		]);
	});
});

it("is refused in words where bwrap is missing", async () => {
	const { stdout } = await run(process.execPath, [PROCESS, "1", "print(1)"], {
		env: { PATH: "/nowhere" },
	});
	expect(JSON.parse(stdout)).toMatchObject({
		status: "unavailable",
		reason: expect.stringMatching(
			/bwrap is not installed .*apt install bubblewrap/,
		),
	});
});

it.skipIf(!hasBubblewrap)(
	"is refused in words where this machine or its container forbids boxes",
	async () => {
		const closed = [
			"--dev-bind",
			"/",
			"/",
			"--unshare-user",
			"--disable-userns",
		];
		const ordinary = ["--uid", "1000", "--gid", "1000"];
		const server = [process.execPath, PROCESS, "1", "print(1)"];
		const { stdout } = await run("bwrap", [...closed, ...ordinary, ...server]);
		expect(JSON.parse(stdout)).toMatchObject({
			status: "unavailable",
			reason: expect.stringMatching(
				/forbids namespaces; docs\/runners\.md says what a container needs/,
			),
		});
	},
);

it.skipIf(!hasBubblewrap)(
	"gives the figures of a box: its start, its probes and how many got out",
	async () => {
		const { figures } = await measureSandbox(["--runs", "5"]);
		expect(figures).toMatchObject({ runs: 5, escapes: 0 });
		for (const name of ["bareP50Ms", "startP50Ms", "startP95Ms", "ratio"])
			expect(figures[name]).toBeGreaterThan(0);
		expect(figures.probes).toBeGreaterThanOrEqual(36);
	},
);
