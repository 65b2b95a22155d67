// Postgres refuses to run as root; as root we start it as somebody harmless.
import {
	chmodSync,
	chownSync,
	mkdirSync,
	readFileSync,
	statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SetupError } from "../../errors.ts";
import { sha256 } from "../../run/digest.ts";

export interface Account {
	readonly name: string;
	readonly uid: number;
	readonly gid: number;
}

/** Whom Postgres runs as; undefined: as ourselves. */
export function postgresAccount(): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const accounts = readFileSync("/etc/passwd", "utf8")
		.split("\n")
		.map((line) => line.split(":"))
		.map(([name = "", , uid, gid]) => ({
			name,
			uid: Number(uid),
			gid: Number(gid),
		}));
	const harmless = ["postgres", "nobody"].flatMap(
		(name) => accounts.find((account) => account.name === name) ?? [],
	)[0];
	if (!harmless)
		throw new SetupError(
			"Postgres does not run as root, and there is neither a user `postgres` nor `nobody` to run it as. Start Modelwright as an ordinary user, or set DATABASE_URL.",
		);
	return harmless;
}

/** The first folder on the way to `path` that the account cannot pass; undefined when none. */
export function barrier(path: string, account: Account): string | undefined {
	const parent = dirname(path);
	const above = parent === path ? undefined : barrier(parent, account);
	if (above) return above;
	const { uid, gid, mode } = statSync(path);
	const bits =
		uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode;
	return bits & 1 ? undefined : path;
}

/** Where root's Postgres lives when its user cannot get to the data folder. */
const FOR_ROOT = "/var/lib/modelwright";

/**
 * Postgres's own folder: inside the data folder, which the account is let
 * through; elsewhere, known by the data folder's name, when it never gets there
 * (a data folder below somebody's private one).
 */
export function reachableFolder(dataDir: string, account: Account): string {
	if (barrier(dataDir, account) === dataDir) {
		chownSync(dataDir, 0, account.gid);
		chmodSync(dataDir, 0o710);
	}
	const closed = barrier(dataDir, account);
	if (!closed) return join(dataDir, "postgres");
	mkdirSync(FOR_ROOT, { recursive: true, mode: 0o711 });
	if (!barrier(FOR_ROOT, account))
		return join(FOR_ROOT, sha256(dataDir).slice(0, 16));
	throw new SetupError(
		`Postgres runs as \`${account.name}\` because it refuses root, and \`${account.name}\` can pass neither ${closed} on the way to ${dataDir} nor ${FOR_ROOT}. ` +
			"Set DATA_DIR to a folder outside of it, start Modelwright as an ordinary user, or set DATABASE_URL.",
	);
}
