// One real Postgres for the whole test run, with a migrated database to copy.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/engine/embedded-postgres.ts";
import { migrate } from "../../src/engine/migrations/migrate.ts";
import { createDatabase, TEMPLATE } from "./databases.ts";

declare module "vitest" {
	export interface ProvidedContext {
		postgres: string;
	}
}

/** Stories run whole servers on it, three at a time. */
const CONNECTIONS = 200;

export default async function setup(project: TestProject) {
	const folder = await mkdtemp(join(tmpdir(), "modelwright-tests-"));
	const postgres = await startEmbeddedPostgres(folder, CONNECTIONS);
	await migrate(await createDatabase(postgres.url, TEMPLATE));
	project.provide("postgres", postgres.url);
	return async () => {
		await postgres.stop();
		await rm(folder, { recursive: true, force: true });
	};
}
