// A runner for tests: this machine's own Python in a temporary folder, no isolation.
import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type {
	CommandResult,
	JobResult,
	PythonCommand,
	Runner,
} from "../../../src/workspace/runners/runner.ts";

export const PYTHON = findPython();

export function pythonRunner(run = runCommand): Runner {
	return {
		name: "bubblewrap",
		selfTest: async () => ({ ok: true }),
		async run(job) {
			const root = await mkdtemp(join(tmpdir(), "modelwright-test-"));
			try {
				const lay = async (later: boolean) => {
					for (const [path, bytes] of job.files) {
						if (later !== (job.later?.paths.includes(path) ?? false)) continue;
						await mkdir(dirname(join(root, path)), { recursive: true });
						await writeFile(join(root, path), bytes);
					}
				};
				await lay(false);
				const commands: CommandResult[] = [];
				for (const [number, args] of job.commands.entries()) {
					if (number === job.later?.command) await lay(true);
					const result = await run(root, args);
					commands.push(result);
					if (result.exit !== 0) break;
				}
				const files = new Map<string, Uint8Array>();
				for (const path of job.collect) {
					const bytes = await readFile(join(root, path)).catch(() => null);
					if (bytes) files.set(path, bytes);
				}
				const ok = commands.every(({ exit }) => exit === 0);
				return resultOf(ok, commands, files);
			} finally {
				await rm(root, { recursive: true, force: true });
			}
		},
	};
}

function resultOf(
	ok: boolean,
	commands: CommandResult[],
	files: Map<string, Uint8Array>,
): JobResult {
	return {
		status: ok ? "ok" : "failed",
		reason: ok ? "" : "a command failed",
		commands,
		files,
		seconds: 0,
	};
}

function runCommand(cwd: string, args: PythonCommand): Promise<CommandResult> {
	const started = performance.now();
	return new Promise((resolve) => {
		execFile(
			PYTHON ?? "python3",
			[...args],
			{ cwd, env: { PATH: process.env.PATH ?? "" }, timeout: 30_000 },
			(error, stdout, stderr) =>
				resolve({
					args,
					exit: error ? Number(error.code ?? -1) : 0,
					output: stdout + stderr,
					seconds: (performance.now() - started) / 1_000,
				}),
		);
	});
}

function findPython(): string | undefined {
	try {
		const print = "import sys; print(sys.executable)";
		return execFileSync("python3", ["-c", print], { encoding: "utf8" }).trim();
	} catch {
		return undefined;
	}
}
