// The git program, made safe for repositories of strangers: no configuration
// but ours, no hooks, no prompts, one protocol, and a token nobody else sees.
import { execFile } from "node:child_process";

export type GitResult =
	| { readonly ok: true; readonly stdout: string }
	| {
			readonly ok: false;
			readonly message: string;
			/** Git's exit code and output, where it ended by itself: some tell by both. */
			readonly code?: number;
			readonly stdout?: string;
	  };

export interface GitOptions {
	/** Given on a fetch only: the one server that may be asked, and how. */
	readonly remote?: { readonly origin: string; readonly token?: string };
	readonly indexFile?: string;
	readonly input?: string;
	/** Absent: utf8. With latin1 every byte of the output is one character. */
	readonly encoding?: "latin1";
	readonly seconds?: number;
}

const CONFIG: readonly (readonly [string, string])[] = [
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["core.symlinks", "false"],
	["core.autocrlf", "false"],
	["core.protectNTFS", "true"],
	["core.protectHFS", "true"],
	["credential.helper", ""],
	["core.askPass", ""],
	["protocol.allow", "never"],
	["http.followRedirects", "false"],
	["http.lowSpeedLimit", "1000"],
	["http.lowSpeedTime", "30"],
	["submodule.recurse", "false"],
	["fetch.recurseSubmodules", "no"],
	["fetch.writeCommitGraph", "false"],
	["transfer.fsckObjects", "true"],
	// Old histories have these; they are ugly, not dangerous.
	["fetch.fsck.zeroPaddedFilemode", "ignore"],
	["fetch.fsck.missingSpaceBeforeDate", "ignore"],
	["fetch.fsck.badTimezone", "ignore"],
	["gc.auto", "0"],
	["maintenance.auto", "false"],
	["diff.ignoreSubmodules", "all"],
];

/** How an operator's own network reaches the outside. */
const COMPANY_NETWORK = [
	"HTTPS_PROXY",
	"https_proxy",
	"NO_PROXY",
	"no_proxy",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
	"GIT_SSL_CAINFO",
];

const MOST_OUTPUT_BYTES = 256 * 1_024 * 1_024;

/** Must not throw: a failure is a result with git's own words. */
export function git(
	args: readonly string[],
	options: GitOptions = {},
): Promise<GitResult> {
	return new Promise((resolve) => {
		const child = execFile(
			"git",
			args,
			{
				env: environment(options),
				timeout: (options.seconds ?? 60) * 1_000,
				killSignal: "SIGKILL",
				maxBuffer: MOST_OUTPUT_BYTES,
				encoding: options.encoding ?? "utf8",
			},
			(fault, stdout, stderr) => {
				if (!fault) resolve({ ok: true, stdout });
				else
					resolve({
						ok: false,
						message: explain(fault, stderr, options),
						...(typeof fault.code === "number"
							? { code: fault.code, stdout }
							: {}),
					});
			},
		);
		child.stdin?.on("error", () => {}); // git may end before it has read all.
		child.stdin?.end(options.input ?? "");
	});
}

// Every setting goes through the environment: a command line can be read by
// every user of the machine, a configuration file by whoever finds the cache.
function environment({ remote, indexFile }: GitOptions): NodeJS.ProcessEnv {
	const protocol = remote?.origin.startsWith("http://") ? "http" : "https";
	const config = [...CONFIG];
	if (remote) config.push([`protocol.${protocol}.allow`, "always"]);
	if (remote?.token)
		config.push([
			`http.${remote.origin}/.extraHeader`,
			`Authorization: Basic ${basic(remote.token)}`,
		]);
	const env: NodeJS.ProcessEnv = {
		PATH: process.env.PATH,
		HOME: "/nonexistent",
		LANG: "C",
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null",
		GIT_TERMINAL_PROMPT: "0",
		GIT_ASKPASS: "/bin/false",
		SSH_ASKPASS: "/bin/false",
		GIT_ALLOW_PROTOCOL: remote ? protocol : "none",
		GIT_LFS_SKIP_SMUDGE: "1",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_ATTR_NOSYSTEM: "1",
		GIT_CONFIG_COUNT: String(config.length),
	};
	if (remote && protocol === "https")
		for (const name of COMPANY_NETWORK) env[name] = process.env[name];
	if (indexFile) env.GIT_INDEX_FILE = indexFile;
	config.forEach(([key, value], index) => {
		env[`GIT_CONFIG_KEY_${index}`] = key;
		env[`GIT_CONFIG_VALUE_${index}`] = value;
	});
	return env;
}

const basic = (token: string) =>
	Buffer.from(`x-access-token:${token}`).toString("base64");

function explain(
	fault: Error & { code?: unknown; killed?: boolean },
	stderr: string,
	{ seconds = 60 }: GitOptions,
): string {
	if (fault.code === "ENOENT")
		return "git was not found. Install git (2.38 or newer) and make sure that it is on the PATH.";
	if (fault.killed)
		return `git did not end within ${seconds} seconds and was stopped`;
	return stderr.trim().slice(-2_000) || "git failed without a message";
}
