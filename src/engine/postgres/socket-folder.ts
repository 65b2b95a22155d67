// Where Postgres listens: a unix socket in a private folder, never a port. The
// system holds a socket's path in about a hundred bytes, so the folder is short.
import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetupError } from "../../errors.ts";
import type { Account } from "./unprivileged.ts";

const LONGEST_PATH = process.platform === "darwin" ? 103 : 107;
const SOCKET_NAME = ".s.PGSQL.5432";

const fits = (folder: string) =>
	Buffer.byteLength(join(folder, SOCKET_NAME)) <= LONGEST_PATH;

/** Makes the socket's folder, 0700: inside `base`, or under the temporary folder if that is too long. */
export function makeSocketFolder(base: string, account?: Account): string {
	const inside = join(base, "s");
	const folder = fits(inside) ? inside : shortFolder(base);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	mustBeOurs(folder, account);
	chmodSync(folder, 0o700);
	if (account) chownSync(folder, account.uid, account.gid);
	return folder;
}

function shortFolder(base: string): string {
	const hash = createHash("sha256").update(base).digest("hex").slice(0, 16);
	const folder = join(tmpdir(), `modelwright-${hash}`);
	if (fits(folder)) return folder;
	throw new SetupError(
		`The path of Postgres's socket would be longer than ${LONGEST_PATH} bytes, in ${base} and in ${tmpdir()} alike. Set DATA_DIR (or TMPDIR) to a shorter path.`,
	);
}

/** Anybody can make folders in the temporary folder; a stranger's must not be used. */
function mustBeOurs(folder: string, account?: Account): void {
	const found = lstatSync(folder);
	const owners = [process.getuid?.(), account?.uid];
	if (found.isDirectory() && owners.includes(found.uid)) return;
	throw new SetupError(
		`${folder} belongs to somebody else, so Postgres's socket is not put there. Remove it, or set DATA_DIR to a shorter path.`,
	);
}
