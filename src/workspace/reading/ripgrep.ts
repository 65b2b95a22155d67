import { spawn } from "node:child_process";
import { rgPath } from "@vscode/ripgrep";
import { bad, type Reading } from "./reading.ts";

export interface Search {
	readonly root: string;
	/** Always given; "-" searches the input. */
	readonly path: string;
	readonly input?: string;
	readonly pattern: string;
	readonly ignoreCase: boolean;
	readonly context: number;
}

export interface Hit {
	readonly path: string;
	readonly line: number;
	/** False for a line that is only shown around a match. */
	readonly match: boolean;
	readonly text: string;
}

export type Found =
	| { readonly ok: true; readonly hits: readonly Hit[]; readonly cut: boolean }
	| Extract<Reading, { ok: false }>;

const SECONDS = 5;
const MOST_BYTES = 4 * 1_024 * 1_024;
const LONGEST_PATTERN = 1_000;

const FLAGS = [
	"--no-config",
	"--no-ignore", // What is in the commit counts, whatever .gitignore says.
	"--hidden",
	"--no-follow",
	"--no-messages",
	"--sort=path",
	"--color=never",
	"--no-heading",
	"--with-filename",
	"--line-number",
	"--null",
	"--max-filesize=20M",
	"--max-columns=1000",
	"--max-columns-preview",
	"--field-context-separator=-",
	"--glob=!.git",
	"--glob=!*.ipynb",
];

/** Must not throw. Stops at five seconds or four megabytes of matches. */
export async function ripgrep(search: Search): Promise<Found> {
	const fault = unusable(search.pattern);
	if (fault) return bad("E_PATTERN", fault) as Found;
	const args = [...FLAGS, `--context=${search.context}`];
	// Of each file; an input may be many.
	if (search.input === undefined) args.push("--max-count=1000");
	if (search.ignoreCase) args.push("--ignore-case");
	args.push("-e", search.pattern, "--", search.path);
	const child = spawn(rgPath, args, {
		cwd: search.root,
		env: {},
		// Without input it must not have a pipe there, or it might read that.
		stdio: [search.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
	});
	child.stdin?.on("error", () => {}); // It may end before it has read all.
	child.stdin?.end(search.input);
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		let stopped: "" | "size" | "time" = "";
		let complaint = "";
		const stop = (why: "size" | "time") => {
			stopped ||= why;
			child.kill("SIGKILL");
		};
		const clock = setTimeout(() => stop("time"), SECONDS * 1_000);
		child.stdout?.on("data", (chunk: Buffer) => {
			chunks.push(chunk);
			bytes += chunk.length;
			if (bytes > MOST_BYTES) stop("size");
		});
		child.stderr?.on("data", (chunk: Buffer) => {
			complaint = `${complaint}${chunk}`.slice(0, 2_000);
		});
		child.on("error", (fault) => {
			complaint ||= fault.message;
		});
		child.on("close", (code) => {
			clearTimeout(clock);
			if (stopped === "time") resolve(tooLong() as Found);
			else if (!stopped && code !== 0 && code !== 1)
				resolve(bad("E_PATTERN", inOneLine(complaint)) as Found);
			else {
				const text = Buffer.concat(chunks).toString("utf8");
				resolve({ ok: true, hits: readHits(text), cut: stopped !== "" });
			}
		});
	});
}

function unusable(pattern: string): string | undefined {
	if (pattern === "") return "the pattern is empty; name what to look for";
	if (pattern.includes("\0"))
		return "the pattern has a NUL character; leave it out";
	if (pattern.length > LONGEST_PATTERN)
		return `the pattern is longer than ${LONGEST_PATTERN} characters; shorten it`;
	return undefined;
}

const tooLong = () =>
	bad(
		"E_TIMEOUT",
		`the search took longer than ${SECONDS} seconds; narrow path or glob`,
	);

const inOneLine = (text: string) =>
	text.replace(/\s+/g, " ").trim().slice(0, 400) || "ripgrep failed";

/** `./path NUL number : text`, with "-" in place of ":" around a match. */
function readHits(text: string): Hit[] {
	const hits: Hit[] = [];
	for (const row of text.split("\n")) {
		const [, path, line, mark, rest] =
			/^(?:\.\/)?([^\0]+)\0(\d+)([:-])(.*)$/s.exec(row) ?? [];
		if (!path || !line) continue;
		const content = rest?.replace(/\r$/, "") ?? "";
		hits.push({ path, line: Number(line), match: mark === ":", text: content });
	}
	return hits;
}
