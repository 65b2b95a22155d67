// What the probes of a self-test came back with: one way out that is open, or
// one answer that is missing, and the runner is not used.
import { z } from "zod";
import type { JobResult, SelfTest } from "./runner.ts";

const Answers = z.object({
	probes: z.record(
		z.string(),
		z.object({ reached: z.boolean(), what: z.string() }),
	),
	environment: z.record(z.string(), z.string()),
	/** What can be imported. */
	modules: z.array(z.string()),
});

export const ANSWERS = "answers.json";

const MOST_NAMED = 12;

export interface Expected {
	/** How many probes there are. */
	readonly probes: number;
	/** All that may stand in the environment. */
	readonly environment: readonly string[];
	/** What was seen from outside. */
	readonly seen: readonly string[];
}

export function judgeProbes(result: JobResult, expected: Expected): SelfTest {
	const file = result.files.get(ANSWERS);
	if (result.status !== "ok" || !file) {
		const reason = result.reason || "it gave no answers";
		return { ok: false, reason: `The self-test did not run: ${reason}` };
	}
	const { probes, environment, modules } = Answers.parse(
		JSON.parse(new TextDecoder().decode(file)),
	);
	const leaks = Object.entries(probes)
		.filter(([, answer]) => answer.reached)
		.map(([name]) => name.replaceAll("_", " "));
	if (Object.keys(probes).length !== expected.probes)
		leaks.push("missing answers");
	leaks.push(...expected.seen);
	for (const name of Object.keys(environment))
		if (!expected.environment.includes(name))
			leaks.push(`the variable ${name}`);
	if (leaks.length === 0) return { ok: true, modules: new Set(modules) };
	const more = leaks.length - MOST_NAMED;
	const named = leaks.slice(0, MOST_NAMED).join(", ");
	return {
		ok: false,
		reason: `Foreign code would not be isolated here (${named}${more > 0 ? ` and ${more} more` : ""}). Nothing is run; use another runner.`,
	};
}
