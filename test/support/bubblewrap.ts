// Whether this machine lets anybody make a box, asked without our own code: a
// version proves nothing, since containers often forbid the namespaces.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { bubblewrapRunner } from "../../src/workspace/runners/bubblewrap.ts";
import {
	DEFAULT_LIMITS,
	type Job,
} from "../../src/workspace/runners/runner.ts";

const EMPTY_BOX = [
	...[
		"--unshare-all",
		"--ro-bind",
		"/",
		"/",
		"--proc",
		"/proc",
		"--dev",
		"/dev",
	],
	"true",
];

export const hasBubblewrap =
	spawnSync("bwrap", EMPTY_BOX).status === 0 &&
	spawnSync("/usr/bin/python3", ["-c", "import ctypes"]).status === 0;

if (!hasBubblewrap)
	console.warn(
		"no working bwrap with /usr/bin/python3 here: tests of the bubblewrap runner are skipped",
	);

export const runner = bubblewrapRunner();

type Given = Partial<Omit<Job, "files" | "limits">> & {
	files?: Record<string, string>;
	limits?: Partial<Job["limits"]>;
};

export const job = ({ files = {}, limits = {}, ...rest }: Given): Job => ({
	files: new Map(
		Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]),
	),
	commands: [],
	collect: [],
	limits: { ...DEFAULT_LIMITS, seconds: 30, ...limits },
	...rest,
});

/** One Python program in the box. */
export const runCode = (
	code: string,
	{ seconds = 30, memoryMb = 500, collect = [] as string[] } = {},
) =>
	runner.run(
		job({ commands: [["-c", code]], collect, limits: { seconds, memoryMb } }),
	);

/** Processes in boxes here whose command line has a word. */
export const carrying = (word: string): string[] =>
	readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.filter((name) => {
			const line = commandLine(name);
			return line.includes(word) && !line.includes("box-process");
		});

function commandLine(process: string): string {
	try {
		return readFileSync(`/proc/${process}/cmdline`, "utf8");
	} catch {
		return "";
	}
}
