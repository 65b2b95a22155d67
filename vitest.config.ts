import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Tests start some sixty servers: none need compile what another one did.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
	new URL("node_modules/.cache/node", import.meta.url),
);

const tests = (folder: string) => `test/${folder}**/*.test.ts`;
/** What takes a minute by itself and rarely breaks alone. */
const LONG = [tests("long/"), "test/stories/pulls-strategies.test.ts"];
const SLOW = [tests("parts/"), ...LONG];
/** The durable engine exists once per process: these have one to themselves. */
const ENGINE = [tests("engine/"), "test/stories/pulls-people.test.ts"];

export default defineConfig({
	test: {
		pool: "forks",
		// Most tests wait for git, Postgres, HTTP or Python more than they compute.
		maxWorkers: 3,
		globalSetup: ["test/support/postgres.ts"],
		// These are for what hangs; a slow machine is no fault.
		testTimeout: 60_000,
		hookTimeout: 90_000,
		projects: [
			{
				extends: true,
				test: { name: "engine", include: ENGINE },
			},
			{
				extends: true,
				test: {
					name: "shared",
					include: [tests("")],
					exclude: [...ENGINE, ...SLOW],
					isolate: false,
				},
			},
			{
				extends: true,
				test: { name: "parts", include: [tests("parts/")] },
			},
			{
				extends: true,
				test: { name: "long", include: LONG },
			},
		],
	},
});
