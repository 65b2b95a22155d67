// Where a change set may write. Everything else is refused before a commit exists.

export const LIMITS = { files: 100, bytes: 4_096 * 1_024 } as const;

const PROTECTED_NAMES = new Set([
	"codeowners",
	"agents.md",
	"claude.md",
	"gemini.md",
	".gitmodules",
	".gitattributes",
]);

/** Written by a package manager, which nobody here runs. */
const LOCK_FILE = /[.-]lock(?:\.(?:json|ya?ml))?$/;

const SECRET_FILE =
	/\.(?:pem|key|p12|pfx)$|^\.env(?:\.|$)|^id_(?:rsa|ed25519)$/;

/** Folds the spellings under which some file systems would still open `.git`. */
const fold = (part: string) =>
	part
		.normalize("NFKC")
		.replace(/[\p{Cf}\p{Cc}]/gu, "")
		.replace(/[. ]+$/, "")
		.toLowerCase();

/** Why this path must not be written, in words; undefined when it may. */
export function pathFault(path: string): string | undefined {
	if (path === "" || path.length > 400)
		return `"${path.slice(0, 40)}" is not a usable path (1 to 400 characters)`;
	if (/[\p{Cc}\\]/u.test(path))
		return "the path has control characters or backslashes";
	if (path.startsWith("/") || /^[A-Za-z]:/.test(path))
		return `"${path}" is absolute; use a path relative to the repository's root`;
	const parts = path.split("/");
	if (parts.some((part) => part === "" || part === "." || part === ".."))
		return `"${path}" has empty, "." or ".." parts`;
	const folded = parts.map(fold);
	if (folded.some((part) => part === ".git" || /^git~\d+$/.test(part)))
		return `"${path}" is inside git's own folder`;
	if (parts[0]?.startsWith("."))
		return `"${path}" is in a protected place: files and folders at the root that start with a dot are left to people`;
	const name = folded.at(-1) ?? "";
	if (PROTECTED_NAMES.has(name))
		return `"${path}" is protected: ${parts.at(-1)} is left to people`;
	if (LOCK_FILE.test(name))
		return `"${path}" is a lock file: the package manager writes it, not a change set`;
	if (SECRET_FILE.test(name))
		return `"${path}" is a place for secrets, which are left to people`;
	return undefined;
}

/** What is wrong with a change set as a whole, in words; empty when nothing is. */
export function changeFaults(
	files: readonly { path: string; content: string }[],
): string[] {
	const faults = files.flatMap((file) => pathFault(file.path) ?? []);
	if (files.length === 0) faults.push("the change set is empty");
	if (files.length > LIMITS.files)
		faults.push(`${files.length} files; at most ${LIMITS.files} are allowed`);
	const bytes = files.reduce(
		(sum, file) => sum + Buffer.byteLength(file.content),
		0,
	);
	if (bytes > LIMITS.bytes)
		faults.push(`${bytes} bytes; at most ${LIMITS.bytes} are allowed`);
	return faults;
}
