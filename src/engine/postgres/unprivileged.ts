// Postgres refuses to run as root; as root we start it as somebody harmless.
import { chmodSync, chownSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SetupError } from "../../errors.ts";

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

/** Lets the account pass through our own data folder, and says so when it never gets there. */
export function letThrough(folder: string, account: Account): void {
	if (barrier(folder, account) === folder) {
		chownSync(folder, 0, account.gid);
		chmodSync(folder, 0o710);
	}
	const closed = barrier(folder, account);
	if (closed)
		throw new SetupError(
			`Postgres runs as \`${account.name}\` because it refuses root, and \`${account.name}\` cannot pass ${closed} on the way to ${folder}. ` +
				"Set DATA_DIR to a folder outside of it (e.g. /var/lib/modelwright), start Modelwright as an ordinary user, or set DATABASE_URL.",
		);
}
