import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import { needsToday } from "../../src/run/outdated.ts";
import type { Run } from "../../src/run/run.ts";
import { AT, begun, given, runAfter, today } from "../support/runs.ts";

const failed = ({ phase, attempt }: Run) => ({
	...{ type: "phase-failed" as const, phase, attempt, at: AT },
	failure: { kind: "repository" as const, message: "The capsule is broken." },
});
const NEW = "b".repeat(40);
const moved = (run: Run) => ({
	facts: { now: today(run, { base: { ...today(run).base, sha: NEW } }) },
});

describe("/retry", () => {
	it("of phase 1 begins with the world as it is now", () => {
		const { run } = advance(begun().run, failed(begun().run));
		const step = advance(run, given(run, "/retry", moved(run)));
		expect(step.run.base.sha).toBe(NEW);
		expect(step.orders).toContainEqual(
			expect.objectContaining({ do: "start-phase", phase: 1, attempt: 2 }),
		);
		const later = runAfter(3);
		const again = advance(later, given(later, "/retry 1", moved(later)));
		expect(again.run.base.sha).toBe(NEW);
	});

	it("of a later phase stays on the ground of the phases before it", () => {
		const run = runAfter(3);
		const broken = advance(run, failed(run)).run;
		const step = advance(broken, given(broken, "/retry", moved(broken)));
		expect(step.run.base).toEqual(run.base);
	});

	it("of phase 1 is refused while the configuration has a fault", () => {
		const { run } = advance(begun().run, failed(begun().run));
		const config = { ok: false as const, faults: ["line 1, `budget`: no"] };
		const facts = { now: today(run, { config }) };
		const step = advance(run, given(run, "/retry", { facts }));
		expect(step.run).toBe(run);
		expect(step.orders[0]).toMatchObject({ reaction: "confused" });
	});

	it("asks how things stand only where that counts", () => {
		const needs = (run: Run, body: string) => {
			const event = given(run, body);
			return event.type === "command" && needsToday(run, event.command);
		};
		expect(needs(begun().run, "/retry")).toBe(true);
		expect(needs(runAfter(3), "/retry 1")).toBe(true);
		expect(needs(runAfter(3), "/retry")).toBe(true);
		expect(needs(runAfter(8), "/retry")).toBe(false);
		expect(needs(runAfter(6), "/approve")).toBe(true);
		expect(needs(runAfter(3), "/approve")).toBe(false);
	});
});
