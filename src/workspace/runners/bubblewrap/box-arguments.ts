// The box as bwrap's command line: a root that holds nothing but what is listed
// here. No folder of the host can be written, and no mount lies beneath one that
// could: before bubblewrap 0.12 its mount points were made through links.
import { lstatSync, readlinkSync } from "node:fs";
import type { Interpreter } from "./interpreter.ts";

/** Numbers of the streams that only bwrap reads or writes. */
export const STREAMS = { filter: 3, passwd: 4, group: 5, about: 6 } as const;

const MB = 1_024 * 1_024;

/** Nothing of ours: what stands here is all that the code sees. */
const ENVIRONMENT = {
	PATH: "/usr/local/bin:/usr/bin:/bin",
	HOME: "/home/box",
	TMPDIR: "/tmp",
	LANG: "C.UTF-8",
	PYTHONHASHSEED: "0",
	PYTHONDONTWRITEBYTECODE: "1",
	// Sums in another order have other last digits.
	OMP_NUM_THREADS: "1",
	OPENBLAS_NUM_THREADS: "1",
} as const;

export const ENVIRONMENT_NAMES = [...Object.keys(ENVIRONMENT), "PWD"];

/** Not everywhere links into /usr. */
const TOP_FOLDERS = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];
/** Where libraries are found. No time zone: it is the same everywhere. */
const SETTINGS = ["ld.so.cache", "alternatives"];

export interface Box {
	readonly interpreter: Interpreter;
	/** What the workspace can hold. */
	readonly workspaceBytes: number;
	/** Python source of its first process. */
	readonly driver: string;
}

export function boxArguments(box: Box): string[] {
	const { interpreter, workspaceBytes, driver } = box;
	const readOnly = (path: string) => ["--ro-bind", path, path];
	const fresh = (path: string, bytes: number) => [
		...["--size", String(Math.ceil(bytes)), "--tmpfs", path],
	];
	return [
		...["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"],
		...["--unshare-net", "--unshare-cgroup-try", "--disable-userns"],
		...["--die-with-parent", "--new-session", "--as-pid-1"],
		...["--cap-drop", "ALL", "--hostname", "box", "--clearenv"],
		...Object.entries(ENVIRONMENT).flatMap((pair) => ["--setenv", ...pair]),
		...readOnly("/usr"),
		...TOP_FOLDERS.flatMap(topFolder),
		...SETTINGS.map((name) => `/etc/${name}`).flatMap((path) => [
			...["--ro-bind-try", path, path],
		]),
		...["--file", String(STREAMS.passwd), "/etc/passwd"],
		...["--file", String(STREAMS.group), "/etc/group"],
		...["--proc", "/proc", "--dev", "/dev"],
		...fresh("/workspace", workspaceBytes),
		...fresh("/dev/shm", 64 * MB),
		...fresh("/tmp", 64 * MB),
		...fresh("/home/box", 16 * MB),
		// After those, or it would not be seen if it lies below /tmp.
		...interpreter.folders.flatMap(readOnly),
		...["--remount-ro", "/dev", "--remount-ro", "/"],
		...["--seccomp", String(STREAMS.filter)],
		...["--info-fd", String(STREAMS.about)],
		...["--chdir", "/workspace", "--"],
		...[interpreter.path, "-I", "-S", "-c", driver],
	];
}

function topFolder(name: string): string[] {
	const path = `/${name}`;
	const found = lstatSync(path, { throwIfNoEntry: false });
	if (found?.isSymbolicLink()) return ["--symlink", readlinkSync(path), path];
	return found?.isDirectory() ? ["--ro-bind", path, path] : [];
}
