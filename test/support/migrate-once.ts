// A process that brings a database up to date, as each of several at once would.
import { migrate } from "../../src/engine/migrations/migrate.ts";

await migrate(process.argv[2] ?? "");
process.stdout.write('{"migrated":true}\n');
