// Our own small supervisor of the embedded Postgres. It listens on a unix socket
// only, outlives a kill of this process, and is attached to again afterwards.
import { type ChildProcess, spawn } from "node:child_process";
import {
	chmodSync,
	chownSync,
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { SetupError } from "../errors.ts";
import { type Binaries, findBinaries } from "./postgres/binaries.ts";
import { lockFolder } from "./postgres/data-lock.ts";
import { makeSocketFolder } from "./postgres/socket-folder.ts";
import {
	type Account,
	postgresAccount,
	reachableFolder,
} from "./postgres/unprivileged.ts";

export interface EmbeddedPostgres {
	readonly url: string;
	readonly pid: number;
	/** Whether it was already running: the process that started it was killed. */
	readonly attached: boolean;
	/** Ends Postgres (fast shutdown) and frees the data folder. */
	stop(): Promise<void>;
}

const USER = "modelwright";
const DATABASE = "modelwright";

/** After a crash of both processes the old shared memory is held for a moment. */
const START_PATIENCE_MS = 15_000;

const CONFIGURATION = [
	"listen_addresses=",
	"shared_buffers=32MB",
	"wal_level=minimal",
	"max_wal_senders=0",
	"autovacuum_naptime=5min",
];

interface Cluster {
	readonly folder: string;
	readonly data: string;
	readonly socket: string;
	readonly log: string;
	readonly binaries: Binaries;
	readonly account: Account | undefined;
}

/** Of one server; several on one Postgres need more. */
const CONNECTIONS = 60;

export async function startEmbeddedPostgres(
	dataDir: string,
	connections = CONNECTIONS,
): Promise<EmbeddedPostgres> {
	const { folder, account } = prepareFolders(dataDir);
	const unlock = lockFolder(folder);
	try {
		const cluster: Cluster = {
			folder,
			data: join(folder, "data"),
			socket: makeSocketFolder(folder, account),
			log: join(folder, "postgres.log"),
			binaries: findBinaries(folder, account),
			account,
		};
		await makeCluster(cluster);
		const attached = await answers(cluster);
		if (!attached) await start(cluster, connections);
		await makeDatabase(cluster);
		return {
			url: `postgresql://${USER}@localhost/${DATABASE}?host=${encodeURIComponent(cluster.socket)}`,
			pid: pidOf(cluster) ?? 0,
			attached,
			async stop() {
				await stop(cluster);
				unlock();
			},
		};
	} catch (error) {
		unlock();
		throw error;
	}
}

function prepareFolders(dataDir: string): Pick<Cluster, "folder" | "account"> {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const account = postgresAccount();
	const folder = account
		? reachableFolder(dataDir, account)
		: join(dataDir, "postgres");
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (account) {
		chownSync(folder, account.uid, account.gid);
		chmodSync(folder, 0o700);
	}
	return { folder, account };
}

async function makeCluster(cluster: Cluster): Promise<void> {
	const { data, folder, binaries } = cluster;
	if (existsSync(data)) return mustBeOfVersion(data, binaries.major);
	for (const name of readdirSync(folder))
		if (name.startsWith("new-"))
			rmSync(join(folder, name), { recursive: true, force: true });
	// Renamed when complete: a half-made cluster is never taken for a whole one.
	const unfinished = join(folder, `new-${process.pid}-${Date.now()}`);
	const initdb = run(cluster, binaries.initdb, [
		...["-D", unfinished, "-U", USER, "-A", "trust"],
		...["--encoding=UTF8", "--locale=C"],
	]);
	if ((await ended(initdb)) !== 0)
		throw new SetupError(
			`Postgres could not make its files in ${folder}. Its last words:\n${lastWords(cluster)}`,
		);
	renameSync(unfinished, data);
}

function mustBeOfVersion(data: string, major: string): void {
	const found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
	if (found === major) return;
	throw new SetupError(
		`${data} was made by Postgres ${found}, and this version of Modelwright brings Postgres ${major}. ` +
			"Either go back to the version that made it, dump the database there and restore it here, or set DATA_DIR to a new folder to start empty.",
	);
}

async function start(cluster: Cluster, connections: number): Promise<void> {
	const launch = () =>
		run(cluster, cluster.binaries.postgres, [
			...["-D", cluster.data, "-k", cluster.socket],
			...[...CONFIGURATION, `max_connections=${connections}`].flatMap(
				(setting) => ["-c", setting],
			),
		]);
	const patience = Date.now() + START_PATIENCE_MS;
	let server = launch();
	while (!(await answers(cluster))) {
		if (server.exitCode !== null || server.signalCode !== null) {
			if (Date.now() > patience)
				throw new SetupError(
					`The embedded Postgres does not start. Its last words (${cluster.log}):\n${lastWords(cluster)}`,
				);
			await sleep(250);
			server = launch();
		}
		await sleep(20);
	}
}

/** In a session of its own, so that Ctrl-C reaches us alone and we can finish our work first. */
function run(cluster: Cluster, program: string, args: string[]): ChildProcess {
	const log = openSync(cluster.log, isLarge(cluster.log) ? "w" : "a", 0o600);
	const { account } = cluster;
	const child = spawn(program, args, {
		cwd: cluster.folder,
		detached: true,
		env: { PATH: process.env.PATH, TZ: "UTC", LC_ALL: "C" },
		stdio: ["ignore", log, log],
		...(account ? { uid: account.uid, gid: account.gid } : {}),
	});
	closeSync(log);
	child.on("error", () => {});
	child.unref();
	return child;
}

const isLarge = (log: string) =>
	(statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000;

const ended = (child: ChildProcess) =>
	new Promise<number | null>((resolve) => {
		child.ref();
		child.once("close", resolve);
		child.once("error", () => resolve(-1));
	});

const admin = (cluster: Cluster) =>
	new pg.Client({ host: cluster.socket, user: USER, database: "postgres" });

async function answers(cluster: Cluster): Promise<boolean> {
	const client = admin(cluster);
	client.on("error", () => {});
	try {
		await client.connect();
		await client.query("select 1");
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}

async function makeDatabase(cluster: Cluster): Promise<void> {
	const client = admin(cluster);
	await client.connect();
	try {
		const found = await client.query(
			"select 1 from pg_database where datname = $1",
			[DATABASE],
		);
		if (!found.rowCount) await client.query(`create database ${DATABASE}`);
	} finally {
		await client.end();
	}
}

async function stop(cluster: Cluster): Promise<void> {
	const pid = pidOf(cluster);
	// The file may be a crashed server's, and its number somebody else's by now.
	if (!pid || !(await answers(cluster))) return;
	process.kill(pid, "SIGINT");
	for (let waited = 0; pidOf(cluster) && waited < 10_000; waited += 20)
		await sleep(20);
}

function pidOf({ data }: Cluster): number | undefined {
	try {
		const file = readFileSync(join(data, "postmaster.pid"), "utf8");
		return Number(file.split("\n")[0]) || undefined;
	} catch (error) {
		// Postgres takes it away when it ends, at any moment.
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw error;
	}
}

function lastWords({ log }: Cluster): string {
	return readFileSync(log, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}
