import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		// The durable engine exists once per process.
		pool: "forks",
		// Most tests wait for git, Postgres, HTTP or Python more than they compute.
		maxWorkers: 3,
		globalSetup: ["test/support/postgres.ts"],
		// These are for what hangs; a slow machine is no fault.
		testTimeout: 60_000,
		hookTimeout: 90_000,
	},
});
