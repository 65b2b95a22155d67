// The operator's Python: which folders it needs to be seen in the box.
import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

export const DEFAULT_PYTHON = "/usr/bin/python3";

export interface Interpreter {
	/** As it is called in the box. */
	readonly path: string;
	readonly version: string;
	/** Real folders outside /usr that it needs. */
	readonly folders: readonly string[];
}

const Told = z.object({
	executable: z.string().min(1),
	version: z.string(),
	prefixes: z.array(z.string()),
});

const TELL =
	"import json, sys; print(json.dumps({'executable': sys.executable, 'version': sys.version.split()[0], 'prefixes': [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix]}))";

/** Throws in words for the operator. Nothing of a repository takes part. */
export async function findInterpreter(
	python: string,
	/** Folders that no box may show. */
	ours: readonly string[] = [process.cwd(), ...home()],
): Promise<Interpreter> {
	const { stdout } = await run(python, ["-I", "-c", TELL], {
		cwd: "/",
		env: {},
		timeout: 30_000,
	}).catch((fault: Error) => {
		throw new Error(
			`${python} cannot be started as a Python interpreter (${fault.message.split("\n")[0]}). Install python3, or set MODELWRIGHT_PYTHON to an interpreter's path.`,
		);
	});
	const { executable, version, prefixes } = Told.parse(JSON.parse(stdout));
	// A virtual environment is known by where its link lies, not by its target.
	const place = await realpath(dirname(executable));
	const program = dirname(await realpath(executable));
	const folders = new Set<string>();
	for (const folder of [place, program, ...prefixes]) {
		const real = await realpath(folder).catch(() => folder);
		if (!within(real, "/usr")) folders.add(real);
	}
	for (const folder of folders) refuseOurs(folder, python, ours);
	return {
		path: join(place, basename(executable)),
		version,
		folders: outermost([...folders]),
	};
}

/** A user without an entry in /etc/passwd has none. */
function home(): string[] {
	try {
		return [homedir()];
	} catch {
		return [];
	}
}

const within = (path: string, folder: string) =>
	!relative(folder, path).startsWith("..");

/** An interpreter may not bring along what the box is there to hide. */
function refuseOurs(
	folder: string,
	python: string,
	ours: readonly string[],
): void {
	for (const one of ours)
		if (within(one, folder))
			throw new Error(
				`${python} belongs to ${folder}, which also holds ${one}. The box would show it to the repository's code; set MODELWRIGHT_PYTHON to an interpreter in a folder of its own.`,
			);
}

/** A mount point beneath another mount would be made through that one. */
const outermost = (folders: readonly string[]) =>
	folders.filter(
		(one) => !folders.some((other) => other !== one && within(one, other)),
	);
