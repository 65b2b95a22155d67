// A process that starts Postgres, says where, and stays until it is killed.
import { startEmbeddedPostgres } from "../../src/engine/embedded-postgres.ts";

const postgres = await startEmbeddedPostgres(process.argv[2] ?? "");
process.stdout.write(
	`${JSON.stringify({ url: postgres.url, pid: postgres.pid })}\n`,
);
setInterval(() => {}, 60_000);
