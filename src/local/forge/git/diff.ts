import { git } from "./run.ts";

export interface FileDiff {
	path: string;
	previousPath: string | null;
	status: "added" | "removed" | "modified" | "renamed" | "changed";
	/** The blob after the change, or the one removed. */
	sha: string;
	additions: number;
	deletions: number;
	/** From the first hunk on; null for binary files, pure renames and what is too large. */
	patch: string | null;
}

const OPTIONS = ["--no-color", "--no-ext-diff", "-M", "--no-abbrev"];

const STATUS = {
	A: "added",
	D: "removed",
	M: "modified",
	R: "renamed",
	T: "changed",
} as const;

/** What `to` changed since `from`, as GitHub lists a pull request's files. */
export async function diffFiles(
	directory: string,
	from: string,
	to: string,
): Promise<FileDiff[]> {
	const text = await git(
		directory,
		"diff",
		...OPTIONS,
		"--raw",
		"--patch",
		from,
		to,
	);
	const [raw = "", ...patches] = text.split(/^diff --git .*\n/m);
	const rows = raw.split("\n").filter((line) => line.startsWith(":"));
	return rows.map((row, index) => readFile(row, patches[index] ?? ""));
}

function readFile(row: string, section: string): FileDiff {
	const [meta = "", ...paths] = row.split("\t").map(unquote);
	const [, , before = "", after = "", letter = ""] = meta.split(" ");
	const status = STATUS[letter.charAt(0) as keyof typeof STATUS];
	const start = section.search(/^@@ /m);
	const patch = start < 0 ? null : section.slice(start).replace(/\n$/, "");
	const count = (sign: string): number =>
		patch?.split("\n").filter((line) => line.startsWith(sign)).length ?? 0;
	return {
		path: paths.at(-1) ?? "",
		previousPath: status === "renamed" ? (paths[0] ?? null) : null,
		status,
		sha: status === "removed" ? before : after,
		additions: count("+"),
		deletions: count("-"),
		patch: patch && isShown(patch) ? patch : null,
	};
}

/** GitHub's limits for the diff of one file. */
const isShown = (patch: string): boolean =>
	patch.length <= 1_000_000 && patch.split("\n").length <= 20_000;

/** Git puts unusual paths in quotes and their bytes in octal. */
function unquote(text: string): string {
	if (!text.startsWith('"')) return text;
	const bytes = text
		.slice(1, -1)
		.replaceAll(/\\(\d{3}|.)/g, (_, code: string) => {
			if (code.length === 3)
				return String.fromCharCode(Number.parseInt(code, 8));
			return { t: "\t", n: "\n", r: "\r" }[code] ?? code;
		});
	return Buffer.from(bytes, "latin1").toString();
}

/** The whole difference as text, as the media type "diff" shows it. */
export function diffText(
	directory: string,
	from: string,
	to: string,
): Promise<string> {
	return git(directory, "diff", "--no-color", "--no-ext-diff", "-M", from, to);
}

/** The commits as mails, as the media type "patch" shows them. */
export function patchText(
	directory: string,
	from: string,
	to: string,
): Promise<string> {
	return git(directory, "format-patch", "--stdout", `${from}..${to}`);
}
