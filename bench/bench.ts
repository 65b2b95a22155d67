// `npm run bench -- <name> [--json] …`: what we publish figures of.
import type { Measure } from "./measured.ts";

const BENCHES: Readonly<Record<string, () => Promise<Measure>>> = {
	overhead: async () => (await import("./overhead.ts")).measureOverhead,
	sandbox: async () => (await import("./sandbox.ts")).measureSandbox,
	evaluation: async () => (await import("./evaluation.ts")).measureEvaluation,
	rules: async () => (await import("./rules.ts")).measureRules,
	map: async () => (await import("./map.ts")).measureMap,
};

const [name = "", ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (!bench) {
	const names = Object.keys(BENCHES).join(", ");
	process.stderr.write(
		`There is no bench "${name}". Usage: npm run bench -- <name> [--json], where <name> is one of: ${names}.\n`,
	);
	process.exit(2);
}
const measure = await bench();
const { figures, table } = await measure(
	args.filter((argument) => argument !== "--json"),
);
const text = args.includes("--json") ? JSON.stringify(figures) : table;
process.stdout.write(`${text}\n`);
