// The snippets of the skills, run as they stand, each in an empty folder. What
// needs a library that this machine lacks is skipped by name.
import { beforeAll, expect, test } from "vitest";
import {
	countLacking,
	type Outcome,
	runPrograms,
} from "../../src/cli/skills/check/run-programs.ts";
import { PROGRAMS } from "../support/snippets.ts";

const NAMED = PROGRAMS.map((program) => ({ ...program, name: program.title }));

let outcomes: readonly Outcome[] = [];
beforeAll(async () => {
	outcomes = await runPrograms(NAMED);
	for (const [library, count] of countLacking(outcomes))
		console.log(`${count} programs of the skills not run: no ${library} here`);
}, 600_000);

NAMED.forEach(({ name }, i) => {
	test(`${name} runs`, (context) => {
		const outcome = outcomes[i];
		if (outcome?.state === "skipped")
			context.skip(`without ${outcome.lacking.join(", ")}`);
		expect(outcome).toEqual({ state: "passed" });
	});
});
