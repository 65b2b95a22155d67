import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		// The durable engine exists once per process.
		pool: "forks",
		// Most tests wait for git, Postgres, HTTP or Python more than they compute.
		maxWorkers: 3,
		globalSetup: ["test/support/postgres.ts"],
		testTimeout: 20_000,
		hookTimeout: 30_000,
	},
});
