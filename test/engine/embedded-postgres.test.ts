// The supervisor, with real processes that are really killed.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	type EmbeddedPostgres,
	startEmbeddedPostgres,
} from "../../src/engine/embedded-postgres.ts";
import {
	linkLibraries,
	packageFolder,
} from "../../src/engine/postgres/binaries.ts";
import { makeSocketFolder } from "../../src/engine/postgres/socket-folder.ts";
import { postgresAccount } from "../../src/engine/postgres/unprivileged.ts";
import { SetupError } from "../../src/errors.ts";
import { type Child, startChild } from "../support/child.ts";

let folder: string;
let holder: Child;

async function rowsIn(url: string): Promise<number> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query("create table if not exists kept (n int)");
		await client.query("insert into kept values (1)");
		return (await client.query("select from kept")).rowCount ?? 0;
	} finally {
		await client.end();
	}
}

async function startAndUse(): Promise<[EmbeddedPostgres, number]> {
	const postgres = await startEmbeddedPostgres(folder);
	return [postgres, await rowsIn(postgres.url)];
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "modelwright-supervisor-"));
	holder = await startChild("hold-postgres.ts", folder);
});

afterAll(async () => {
	await holder.kill();
	await rm(folder, { recursive: true, force: true });
});

describe("the embedded Postgres", () => {
	it("starts in an empty folder, and listens on no port", async () => {
		const { url, pid } = holder.said as { url: string; pid: number };
		expect(await rowsIn(url)).toBe(1);
		const lock = join(folder, "postgres", "data", "postmaster.pid");
		const lines = (await readFile(lock, "utf8")).split("\n");
		expect(lines[0]).toBe(String(pid));
		expect(lines[5]).toBe("");
	});

	it("refuses a second process on the same folder, and names the first", async () => {
		const second = startEmbeddedPostgres(folder);
		await expect(second).rejects.toThrow(SetupError);
		await expect(second).rejects.toThrow(`(pid ${holder.child.pid})`);
	});

	it("is attached to again after a kill of the process that started it", async () => {
		const { pid } = holder.said;
		await holder.kill();
		const [postgres, rows] = await startAndUse();
		expect(postgres).toMatchObject({ attached: true, pid });
		expect(rows).toBe(2);
		await postgres.stop();
		await expect(rowsIn(postgres.url)).rejects.toThrow();
	});

	it("comes back with every row after both were killed", async () => {
		holder = await startChild("hold-postgres.ts", folder);
		process.kill(holder.said.pid as number, "SIGKILL");
		await holder.kill();
		const [postgres, rows] = await startAndUse();
		expect(postgres.attached).toBe(false);
		expect(rows).toBe(3);
		await postgres.stop();
	});

	it("says what to do when the files are of another major version", async () => {
		const file = join(folder, "postgres", "data", "PG_VERSION");
		const before = await readFile(file, "utf8");
		await writeFile(file, "15\n");
		await expect(startEmbeddedPostgres(folder)).rejects.toThrow(
			/made by Postgres 15.*brings Postgres 18.*DATA_DIR/s,
		);
		await writeFile(file, before);
	});
});

describe("the socket's folder", () => {
	it("is inside the data folder while its path is short enough", () => {
		const base = join(folder, "postgres");
		expect(makeSocketFolder(base, postgresAccount())).toBe(join(base, "s"));
	});

	it("moves below the temporary folder when it is not", async () => {
		const short = makeSocketFolder(join(folder, "long".repeat(30)));
		expect(dirname(short)).toBe(tmpdir());
		await rm(short, { recursive: true });
	});
});

describe("the libraries' links", () => {
	const list = join("native", "pg-symlinks.json");

	it.runIf(existsSync(join(packageFolder(), list)))(
		"are made when no install script made them",
		async () => {
			const copy = await mkdtemp(join(tmpdir(), "modelwright-package-"));
			const text = await readFile(join(packageFolder(), list), "utf8");
			const links: { source: string; target: string }[] = JSON.parse(text);
			await mkdir(join(copy, "native", "lib"), { recursive: true });
			await writeFile(join(copy, list), text);
			for (const { source } of links)
				await writeFile(join(copy, source), "a library");
			expect(linkLibraries(copy)).toBe(true);
			for (const { target } of links)
				expect(await readFile(join(copy, target), "utf8")).toBe("a library");
			await rm(copy, { recursive: true });
		},
	);
});

describe.skipIf(process.getuid?.() !== 0)("started by root", () => {
	it("finds a place its user can reach when the data folder is below a private one", async () => {
		const closed = await mkdtemp(join(tmpdir(), "modelwright-closed-"));
		const postgres = await startEmbeddedPostgres(join(closed, "data"));
		const place = dirname(new URL(postgres.url).searchParams.get("host") ?? "");
		try {
			expect(await rowsIn(postgres.url)).toBe(1);
			expect(place.startsWith(closed)).toBe(false);
		} finally {
			await postgres.stop();
			await rm(closed, { recursive: true, force: true });
			await rm(place, { recursive: true, force: true });
		}
	});
});
