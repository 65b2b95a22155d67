import { spawn } from "node:child_process";
import { dirname } from "node:path";

export interface GitResult {
	code: number;
	stdout: Buffer;
	stderr: string;
}

/** No configuration of the user or the machine may change what git does here. */
export function gitEnvironment(home: string): Record<string, string> {
	return {
		PATH: process.env.PATH ?? "",
		HOME: home,
		LC_ALL: "C",
		TZ: "UTC",
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null",
		GIT_TERMINAL_PROMPT: "0",
		GIT_COMMITTER_NAME: "GitHub",
		GIT_COMMITTER_EMAIL: "noreply@github.com",
	};
}

/** Runs git on a bare repository; a failing git is a result, not an exception. */
export function tryGit(
	directory: string,
	args: readonly string[],
): Promise<GitResult> {
	return new Promise((resolve, reject) => {
		const child = spawn("git", ["--git-dir", directory, ...args], {
			cwd: dirname(directory),
			env: gitEnvironment(dirname(directory)),
			stdio: ["ignore", "pipe", "pipe"],
		});
		const out: Buffer[] = [];
		const err: Buffer[] = [];
		child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
		child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
		child.on("error", reject);
		child.on("close", (code) =>
			resolve({
				code: code ?? -1,
				stdout: Buffer.concat(out),
				stderr: Buffer.concat(err).toString(),
			}),
		);
	});
}

export async function git(
	directory: string,
	...args: readonly string[]
): Promise<string> {
	const result = await tryGit(directory, args);
	if (result.code === 0) return result.stdout.toString();
	throw new Error(
		`git ${args.join(" ")} ended with ${result.code}: ${result.stderr}`,
	);
}

/** Merging needs `git merge-tree --write-tree`, which came with git 2.38. */
export async function requireGit(home: string): Promise<void> {
	const answer = await tryGit(home, ["version"]).catch(() => null);
	const [, major = "0", minor = "0"] =
		/(\d+)\.(\d+)/.exec(answer?.stdout.toString() ?? "") ?? [];
	if (Number(major) * 1000 + Number(minor) >= 2038) return;
	const found = answer ? answer.stdout.toString().trim() : "no git at all";
	throw new Error(
		`The local GitHub keeps its repositories with git 2.38 or newer, and found ${found}. Install git (on Debian: apt-get install git) and start again.`,
	);
}
