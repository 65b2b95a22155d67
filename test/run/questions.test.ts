import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import type { Run } from "../../src/run/run.ts";
import { begun, done, given } from "../support/runs.ts";

const question = (number: number, blocking = true) => ({
	...{ number, blocking, safeReading: "no" },
	question: `Is ${number} so?`,
});

/** Phase 1 waits for answers to its blocking questions 1 and 2; 3 may stay open. */
function asking(): Run {
	const { run } = begun();
	const questions = [question(1), question(2), question(3, false)];
	const gate = {
		name: "requirements",
		command: "/approve",
		question: "Answer each.",
	} as const;
	return advance(run, { ...done(run, gate), questions } as never).run;
}

const says = (run: Run, body: string) => advance(run, given(run, body));

describe("questions of phase 1", () => {
	it("that block are waited for until each has its answer", () => {
		const first = says(asking(), "/answer 1 yes").run;
		expect(first.state).toBe("waiting");
		expect(first.gate?.command).toBe("/answer 2 no");
		const second = says(first, "/answer 2 weekly");
		expect(second.run.state).toBe("working");
		expect(second.orders).toContainEqual(
			expect.objectContaining({ do: "start-phase", phase: 1, attempt: 2 }),
		);
	});

	it("may be answered together, a line each", () => {
		const { run } = says(asking(), "/answer 1. yes\n2) weekly,\nat night");
		expect(run.state).toBe("working");
		expect(run.notes).toEqual([
			{ phase: 1, by: "alice", question: 1, text: "yes" },
			{ phase: 1, by: "alice", question: 2, text: "weekly,\nat night" },
		]);
	});

	it("are what words without a number answer, and nothing that may stay open", () => {
		const { run } = says(asking(), "/answer 3 months ahead is meant");
		// There is a question 3: the number means it.
		expect(run.state).toBe("waiting");
		const free = says(asking(), "/answer as the README says");
		expect(free.run.state).toBe("working");
		expect(free.run.notes.map((note) => note.question)).toEqual([1, 2]);
	});

	it("that do not block take words without a number only where one alone is open", () => {
		const { run } = says(asking(), "/answer 1. yes\n2. no");
		const answered = (said: Run) => said.notes.at(-1)?.question;
		expect(answered(says(run, "/answer as it was").run)).toBe(3);
		const questions = [question(3, false), question(4, false)];
		expect(answered(says({ ...run, questions }, "/answer so").run)).toBe(
			undefined,
		);
	});

	it("are left to their safe readings by /approve", () => {
		expect(says(asking(), "/approve").run.phase).toBe(2);
	});

	it("that nobody asked are named in the refusal", () => {
		const run = asking();
		const step = says(run, "/answer 7. yes");
		expect(step.run).toBe(run);
		expect(step.orders[0]).toMatchObject({
			reply: expect.stringContaining("1, 2, 3"),
		});
	});
});
